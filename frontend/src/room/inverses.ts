/** What takes a command of the room itself back. */

import type { Inverses } from '../wire/inverse'

export const inverses: Inverses = {
  'rooms.rename_room'(before) {
    const room = [...(before.room?.values() ?? [])][0]
    return room && { command: { type: 'rooms.rename_room', name: room.name }, kind: 'room', id: room.id }
  },

  'rooms.assign_role'(before, { role }) {
    const held = [...(before.role?.values() ?? [])].find((row) => row.role === role)
    if (!held) return undefined
    const { member_id } = held
    return { command: { type: 'rooms.assign_role', role, member_id }, kind: 'role', id: held.id }
  },
}
