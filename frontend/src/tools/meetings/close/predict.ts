/** What will probably become of an action, a decision or a parked thought. */

import { added, born, changed, clean, type Predictions } from '../../../wire/predict'
import type { Id, Kind, Moment, RowLists, Tables } from '../../../wire/types'
import { meetingNow, meetingsToCome } from './due'

/** From which meeting and item something comes that is written down now. */
function fromNow(tables: Tables) {
  const meeting = meetingNow(tables.meeting?.values() ?? [])
  return { meeting_id: meeting?.id ?? null, item_id: meeting?.item_id ?? null }
}

interface Due {
  due_meeting_id?: Id | null | undefined
  due_on?: string | null | undefined
}

function due(tables: Tables, { due_meeting_id, due_on }: Due, now: Moment) {
  if (due_meeting_id) return { due_meeting_id, due_on: null }
  if (due_on) return { due_meeting_id: null, due_on }
  const [next] = meetingsToCome(tables.meeting?.values() ?? [], now)
  return { due_meeting_id: next?.id ?? null, due_on: null }
}

/** Only words that stand as their writer saw them. */
function reworded<K extends 'action' | 'decision' | 'parked'>(
  tables: Tables,
  kind: K,
  id: Id,
  { text, base_rev }: { text: string; base_rev: number },
): { text: string; rev: number } | undefined {
  const row = tables[kind]?.get(id)
  const words = clean(text)
  if (!row || row.rev !== base_rev || row.text === words || row.redacted_at) return undefined
  return { text: words, rev: row.rev + 1 }
}

function removed(tables: Tables, kind: Kind, id: Id, now: Moment): RowLists | undefined {
  return changed(tables, kind, id, { removed_at: now })
}

function restored(tables: Tables, kind: 'action' | 'decision' | 'parked', id: Id): RowLists | undefined {
  const row = tables[kind]?.get(id)
  return row?.removed_at ? { [kind]: [{ ...row, removed_at: null }] } : undefined
}

export const close: Predictions = {
  'meetings.add_action'(tables, command, { me, now }) {
    const { action_id, text, member_id, sponsor_ask = false } = command
    return added(tables, 'action', {
      ...born(action_id, now),
      text: clean(text),
      rev: 0,
      author_id: me,
      member_id,
      ...fromNow(tables),
      ...due(tables, command, now),
      state: 'open',
      carried: 0,
      settled_at: null,
      sponsor_ask,
      answered_by: null,
      answered_at: null,
      answered_for: null,
    })
  },

  'meetings.edit_action'(tables, command) {
    const words = reworded(tables, 'action', command.action_id, command)
    return words && changed(tables, 'action', command.action_id, words)
  },

  'meetings.set_action'(tables, command, { now }) {
    const { action_id, member_id, state, sponsor_ask } = command
    const action = tables.action?.get(action_id)
    if (!action) return undefined
    const isDueAnew = 'due_meeting_id' in command || 'due_on' in command
    return changed(tables, 'action', action_id, {
      ...(member_id && { member_id }),
      ...(typeof sponsor_ask === 'boolean' && { sponsor_ask }),
      ...(isDueAnew && due(tables, command, now)),
      ...(state && { state, settled_at: state === 'open' ? null : (action.settled_at ?? now) }),
    })
  },

  'meetings.answer_action'(tables, { action_id, will_unblock, answered_for = null }, { me, now }) {
    const answer = { answered_by: me, answered_at: now, answered_for }
    const none = { answered_by: null, answered_at: null, answered_for: null }
    return changed(tables, 'action', action_id, will_unblock ? answer : none)
  },

  'meetings.remove_action': (tables, { action_id }, { now }) => removed(tables, 'action', action_id, now),
  'meetings.restore_action': (tables, { action_id }) => restored(tables, 'action', action_id),

  'meetings.add_decision'(tables, { decision_id, text, method, dissent, review_on = null }, { me, now }) {
    return added(tables, 'decision', {
      ...born(decision_id, now),
      text: clean(text),
      rev: 0,
      author_id: me,
      corrected_by: null,
      original: null,
      method,
      dissent: dissent ? clean(dissent) : null,
      review_on,
      ...fromNow(tables),
    })
  },

  /** What the room heard first stays beside what it says now. */
  'meetings.edit_decision'(tables, command, { me }) {
    const decision = tables.decision?.get(command.decision_id)
    const words = reworded(tables, 'decision', command.decision_id, command)
    if (!decision || !words) return undefined
    const first = decision.original ?? decision.text
    const isFirst = first === words.text
    const marked = isFirst ? { corrected_by: null, original: null } : { corrected_by: me, original: first }
    return changed(tables, 'decision', decision.id, { ...words, ...marked })
  },

  'meetings.set_decision'(tables, command) {
    const { decision_id, method, dissent, review_on } = command
    return changed(tables, 'decision', decision_id, {
      ...(method && { method }),
      ...(dissent !== undefined && { dissent: dissent ? clean(dissent) : null }),
      ...(review_on !== undefined && { review_on }),
    })
  },

  'meetings.remove_decision': (tables, { decision_id }, { now }) =>
    removed(tables, 'decision', decision_id, now),
  'meetings.restore_decision': (tables, { decision_id }) => restored(tables, 'decision', decision_id),

  'meetings.add_parked'(tables, { parked_id, text, card_id = null }, { me, now }) {
    return added(tables, 'parked', {
      ...born(parked_id, now),
      text: text ? clean(text) : null,
      rev: 0,
      author_id: me,
      card_id,
      meeting_id: fromNow(tables).meeting_id,
      state: 'parked',
      item_id: null,
    })
  },

  'meetings.edit_parked'(tables, command) {
    const words = reworded(tables, 'parked', command.parked_id, command)
    return words && changed(tables, 'parked', command.parked_id, words)
  },

  'meetings.set_parked': (tables, { parked_id, state }) => changed(tables, 'parked', parked_id, { state }),

  'meetings.remove_parked': (tables, { parked_id }, { now }) => removed(tables, 'parked', parked_id, now),
  'meetings.restore_parked': (tables, { parked_id }) => restored(tables, 'parked', parked_id),
}
