/** What a part and the meeting roles one holds allow. The server decides; this only chooses what to offer. */

import type { Member, MeetingRole } from '../wire/types'

const GRANTS: Record<string, readonly string[]> = {
  coach: [
    'rooms.view',
    'rooms.contribute',
    'rooms.record',
    'rooms.steer',
    'rooms.bring',
    'rooms.admit',
    'rooms.manage',
    'board.contribute',
    'board.record',
    'board.steer',
    'board.coaches',
    'roadmap.contribute',
    'roadmap.steps',
    'roadmap.steer',
  ],
  member: ['rooms.view', 'rooms.contribute', 'board.contribute', 'roadmap.contribute'],
  sponsor: ['rooms.view', 'rooms.contribute', 'board.contribute', 'roadmap.contribute'],
  observer: ['rooms.view'],
  wall: ['rooms.view'],
  leader: ['rooms.bring', 'roadmap.steps'],
  recorder: ['rooms.record', 'board.record'],
}

export function mayDo(permission: string, me: Member | undefined, roles: readonly MeetingRole[]): boolean {
  if (!me || me.state !== 'active') return false
  const mine = roles.filter(({ member_id }) => member_id === me.id).map(({ role }) => role)
  return [me.part, ...mine].some((name) => GRANTS[name]?.includes(permission))
}
