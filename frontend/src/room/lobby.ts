/** Who waits at the door, and who of the team it may be. */

import type { Member } from '../wire/types'
import type { Room } from './room.svelte'

/** For use inside `$derived`: in the order in which they came. */
export function waitingIn(room: Room): Member[] {
  return room.every('member').filter(({ state }) => state === 'waiting')
}

/** "Dina from last week": those of the team with the same name first, then those whose name or voice is alike. */
export function likelyFor(newcomer: Member, members: readonly Member[]): Member[] {
  const known = members.filter(
    ({ state, part, id }) => state === 'active' && part !== 'wall' && id !== newcomer.id,
  )
  return known
    .map((member) => ({ member, likeness: likeness(newcomer, member) }))
    .sort((a, b) => b.likeness - a.likeness || byName.compare(a.member.name, b.member.name))
    .map(({ member }) => member)
}

const byName = new Intl.Collator('en-GB', { sensitivity: 'base' })

function likeness(newcomer: Member, { name, voice }: Member): number {
  const isSameVoice = newcomer.voice !== null && newcomer.voice === voice ? 1 : 0
  if (byName.compare(newcomer.name, name) === 0) return 4 + isSameVoice
  const [theirs, his] = [first(newcomer.name), first(name)]
  if (byName.compare(theirs, his) === 0) return 2 + isSameVoice
  return 0
}

/** "Dina Okafor" and "Dina O." may be one person. */
function first(name: string): string {
  return name.split(/\s+/)[0]!
}

export function isLikely(newcomer: Member, member: Member): boolean {
  return likeness(newcomer, member) > 0
}
