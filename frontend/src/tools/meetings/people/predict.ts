/** What the commands about meeting roles will probably do. */

import { type Predictions, rows } from '../../../wire/predict'
import type { Id, RoleName, RowLists, Tables } from '../../../wire/types'

export const people: Predictions = {
  'meetings.hand_over'(tables, { role, member_id }) {
    return held(tables, role, member_id)
  },

  'meetings.take_role'(tables, { role }, { me }) {
    return held(tables, role, me)
  },
}

function held(tables: Tables, role: RoleName, memberId: Id | null): RowLists | undefined {
  const row = [...(tables.role?.values() ?? [])].find((row) => row.role === role)
  return row && rows('role', { ...row, member_id: memberId })
}
