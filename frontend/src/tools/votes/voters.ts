/** Who would vote now, of those who are here. Who has no device is counted once somebody enters what they say. */

import type { Room } from '../../room/room.svelte'
import type { Member } from '../../wire/types'
import { type Ballot, isVoter } from './ballot'

type Reading = Pick<Room, 'all' | 'get' | 'here'>

/** Everybody who could vote or be switched. Observers watch, walls show. */
export function couldVote(room: Reading): Member[] {
  return room
    .all('member')
    .filter(({ state, part }) => state === 'active' && part !== 'observer' && part !== 'wall')
    .sort((a, b) => byName.compare(a.name, b.name))
}

const byName = new Intl.Collator('en-GB', { sensitivity: 'base' })

function votersHere(room: Reading, { id }: Ballot): Member[] {
  return couldVote(room).filter((member) => room.here.has(member.id) && isVoter(room, id, member))
}

export function countHere(room: Reading, ballot: Ballot): number {
  return votersHere(room, ballot).length
}

/** Two entries that are perhaps one person: of one name, both here, both voting. */
export function likelyDoubles(room: Reading, ballot: Ballot): Member[][] {
  const named = new Map<string, Member[]>()
  for (const member of votersHere(room, ballot)) {
    const name = member.name.trim().toLocaleLowerCase('en-GB')
    named.set(name, [...(named.get(name) ?? []), member])
  }
  return [...named.values()].filter(({ length }) => length > 1)
}
