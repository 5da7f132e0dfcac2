/** The people of a room: everybody listed alike, by first name. */

import type { Member, RoleName } from '../wire/types'
import { t } from '../wire/words'
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

/** "Patient, Emergency department, coach": what tells two people of one name apart. */
export function describe(room: Room, { voice, microsystem, part }: Member): string {
  const spoken = room.method?.voices.find(({ key }) => key === voice)?.title
  return [spoken, microsystem, part === 'member' ? null : t(`rooms.part_${part}`)].filter(Boolean).join(', ')
}

export function rolesOf(room: Room, member: Member): RoleName[] {
  return room.all('role').flatMap(({ role, member_id }) => (member_id === member.id ? [role] : []))
}
