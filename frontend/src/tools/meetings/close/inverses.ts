/** What takes back what was done to an action, a decision or a parked thought. */

import type { Inverse, Inverses } from '../../../wire/inverse'
import type { Command, Id } from '../../../wire/types'

type Recorded = 'action' | 'decision' | 'parked'

function of(kind: Recorded, id: Id, command: Command): Inverse {
  return { command, kind, id }
}

export const close: Inverses = {
  'meetings.add_action': (_, { action_id }) =>
    of('action', action_id, { type: 'meetings.remove_action', action_id }),
  'meetings.remove_action': (_, { action_id }) =>
    of('action', action_id, { type: 'meetings.restore_action', action_id }),
  'meetings.restore_action': (_, { action_id }) =>
    of('action', action_id, { type: 'meetings.remove_action', action_id }),

  'meetings.edit_action'(before, { action_id }, after) {
    const text = before.action?.get(action_id)?.text
    const base_rev = after.action?.get(action_id)?.rev
    if (!text || base_rev === undefined) return undefined
    return of('action', action_id, { type: 'meetings.edit_action', action_id, text, base_rev })
  },

  'meetings.set_action'(before, command) {
    const { action_id } = command
    const action = before.action?.get(action_id)
    if (!action) return undefined
    const { member_id, state, sponsor_ask, due_meeting_id, due_on } = action
    const isDueAnew = 'due_meeting_id' in command || 'due_on' in command
    return of('action', action_id, {
      type: 'meetings.set_action',
      action_id,
      ...(command.member_id && { member_id }),
      ...(command.state && { state }),
      ...(typeof command.sponsor_ask === 'boolean' && { sponsor_ask }),
      ...(isDueAnew && (due_on ? { due_on } : { due_meeting_id })),
    })
  },

  'meetings.answer_action'(before, { action_id }) {
    const action = before.action?.get(action_id)
    if (!action) return undefined
    const will_unblock = action.answered_by !== null
    const { answered_for } = action
    return of('action', action_id, { type: 'meetings.answer_action', action_id, will_unblock, answered_for })
  },

  'meetings.add_decision': (_, { decision_id }) =>
    of('decision', decision_id, { type: 'meetings.remove_decision', decision_id }),
  'meetings.remove_decision': (_, { decision_id }) =>
    of('decision', decision_id, { type: 'meetings.restore_decision', decision_id }),
  'meetings.restore_decision': (_, { decision_id }) =>
    of('decision', decision_id, { type: 'meetings.remove_decision', decision_id }),

  'meetings.edit_decision'(before, { decision_id }, after) {
    const text = before.decision?.get(decision_id)?.text
    const base_rev = after.decision?.get(decision_id)?.rev
    if (!text || base_rev === undefined) return undefined
    return of('decision', decision_id, { type: 'meetings.edit_decision', decision_id, text, base_rev })
  },

  'meetings.set_decision'(before, command) {
    const { decision_id } = command
    const decision = before.decision?.get(decision_id)
    if (!decision) return undefined
    const { method, dissent, review_on } = decision
    const said = Object.entries({ method, dissent, review_on }).filter(([field]) => field in command)
    return of('decision', decision_id, {
      type: 'meetings.set_decision',
      decision_id,
      ...Object.fromEntries(said),
    })
  },

  'meetings.add_parked': (_, { parked_id }) =>
    of('parked', parked_id, { type: 'meetings.remove_parked', parked_id }),
  'meetings.remove_parked': (_, { parked_id }) =>
    of('parked', parked_id, { type: 'meetings.restore_parked', parked_id }),
  'meetings.restore_parked': (_, { parked_id }) =>
    of('parked', parked_id, { type: 'meetings.remove_parked', parked_id }),

  'meetings.edit_parked'(before, { parked_id }, after) {
    const text = before.parked?.get(parked_id)?.text
    const base_rev = after.parked?.get(parked_id)?.rev
    if (!text || base_rev === undefined) return undefined
    return of('parked', parked_id, { type: 'meetings.edit_parked', parked_id, text, base_rev })
  },

  'meetings.set_parked'(before, { parked_id }) {
    const state = before.parked?.get(parked_id)?.state
    if (state !== 'parked' && state !== 'dropped') return undefined
    return of('parked', parked_id, { type: 'meetings.set_parked', parked_id, state })
  },
}
