/** What a part and the meeting roles one holds allow. The server decides; this only chooses what to offer. */

import type { Member, MeetingRole } from '../wire/types'
import { GRANTS } from '../wire/wire.gen'

export function mayDo(permission: string, me: Member | undefined, roles: readonly MeetingRole[]): boolean {
  if (!me || me.state !== 'active') return false
  const mine = roles.filter(({ member_id }) => member_id === me.id).map(({ role }) => role)
  return [me.part, ...mine].some((name) => (GRANTS[name] as readonly string[]).includes(permission))
}
