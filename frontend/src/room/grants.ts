/** What a part and the meeting roles one holds allow. The server decides; this only chooses what to offer. */

import type { Kind, Member, MeetingRole } from '../wire/types'
import { GRANTS, GRANTS_WHILE } from '../wire/wire.gen'

/** `rows`: of a kind, as they stand. Some of what a meeting role carries holds only while there is such a row. */
export function mayDo(
  permission: string,
  me: Member | undefined,
  roles: readonly MeetingRole[],
  rows: (kind: Kind) => readonly object[],
): boolean {
  if (!me || me.state !== 'active') return false
  const mine = roles.filter(({ member_id }) => member_id === me.id).map(({ role }) => role)
  if ([me.part, ...mine].some((name) => (GRANTS[name] as readonly string[]).includes(permission))) return true
  return GRANTS_WHILE.some(({ row, is, grants }) => {
    const granted: Record<string, readonly string[] | undefined> = grants
    const isIt = (found: object) =>
      Object.entries(is).every(([field, value]) => (found as Record<string, unknown>)[field] === value)
    return mine.some((role) => granted[role]?.includes(permission)) && rows(row).some(isIt)
  })
}
