/** What the commands about meeting roles will probably do. */

import { added, born, changed, type Predictions, rows } from '../../../wire/predict'
import type { Id, RoleName, RowLists, Tables } from '../../../wire/types'

export const people: Predictions = {
  'meetings.hand_over'(tables, { role, member_id }) {
    return held(tables, role, member_id)
  },

  'meetings.take_role'(tables, { role }, { me }) {
    return held(tables, role, me)
  },

  /** The one that stands is changed; of a new one the server alone knows the id. */
  'meetings.claim_role'(tables, { role, member_id, meeting_id = null }, { now }) {
    const standing = [...(tables.claim?.values() ?? [])].find(
      (claim) => claim.role === role && claim.meeting_id === meeting_id,
    )
    if (!standing) return undefined
    return rows('claim', member_id === null ? { ...standing, removed_at: now } : { ...standing, member_id })
  },

  'meetings.decline_role'(tables, { offer_id }, { me, now }) {
    const before = tables.declined?.get(me) ?? { ...born(me, now), offer_ids: [] }
    return rows('declined', { ...before, offer_ids: [...before.offer_ids, offer_id] })
  },

  'meetings.set_preference'(tables, { types_little }, { me, now }) {
    const before = tables.preference?.get(me) ?? { ...born(me, now), member_id: me }
    return rows('preference', { ...before, types_little })
  },

  'meetings.set_data_partner'(tables, { member_id, is_data_partner }, { now }) {
    if (is_data_partner) return added(tables, 'data_partner', { ...born(member_id, now), member_id })
    return changed(tables, 'data_partner', member_id, { removed_at: now })
  },

  /** A hand has its member's id; whose hand is up already stays where it is in the line. */
  'meetings.raise_hand'(tables, { member_id }, { me, now }) {
    const id = member_id ?? me
    return added(tables, 'hand', { ...born(id, now), member_id: id })
  },

  'meetings.lower_hand'(tables, { member_id }, { me, now }) {
    return changed(tables, 'hand', member_id ?? me, { removed_at: now })
  },

  'meetings.give_turn'(tables, { member_id }, { now }) {
    const floor = [...(tables.floor?.values() ?? [])][0]
    return {
      ...(floor && rows('floor', { ...floor, member_id })),
      ...changed(tables, 'hand', member_id, { removed_at: now }),
    }
  },

  'meetings.pass_turn'(tables, _command, { me, now }) {
    const mine = [...(tables.turn?.values() ?? [])].find((turn) => turn.member_id === me)
    return mine && rows('turn', { ...mine, removed_at: now })
  },

  'meetings.set_ready'(tables, { item_id, is_ready }, { me, now }) {
    if (tables.item?.get(item_id)?.state !== 'now') return undefined
    const mine = tables.ready?.get(me) ?? { ...born(me, now), item_id: null }
    return rows('ready', { ...mine, item_id: is_ready ? item_id : null })
  },
}

function held(tables: Tables, role: RoleName, memberId: Id | null): RowLists | undefined {
  const row = [...(tables.role?.values() ?? [])].find((row) => row.role === role)
  return row && rows('role', { ...row, member_id: memberId })
}
