/** The people of a room: everybody listed alike, by first name. */

import type { Member, RoleName } from '../wire/types'
import type { Room } from './room.svelte'

export interface People {
  here: Member[]
  away: Member[]
  /** Others write for them. */
  withoutDevice: Member[]
}

const byName = new Intl.Collator('en-GB', { sensitivity: 'base' })

/** For use inside `$derived`. Walls are screens, not people. */
export function peopleOf(room: Room): People {
  const members = room
    .all('member')
    .filter(({ state, part }) => state === 'active' && part !== 'wall')
    .sort((a, b) => byName.compare(a.name, b.name))
  const { here } = room
  return {
    here: members.filter(({ id }) => here.has(id)),
    away: members.filter(({ id, without_device }) => !here.has(id) && !without_device),
    withoutDevice: members.filter(({ id, without_device }) => !here.has(id) && without_device),
  }
}

export function rolesOf(room: Room, member: Member): RoleName[] {
  return room.all('role').flatMap(({ role, member_id }) => (member_id === member.id ? [role] : []))
}
