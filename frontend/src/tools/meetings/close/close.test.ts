import { describe, expect, test } from 'vitest'

import { predicted } from '../../../wire/predict'
import { withRows } from '../../../wire/replica'
import { ROW, tablesOf } from '../../../wire/testing'
import type { Action, Command, Decision, Item, Meeting, Parked, RowLists } from '../../../wire/types'
import { isDueAt } from './due'
import { stretches } from './hour'
import { close } from './predict'
import { beginsWithoutVerb } from './promises'

const NOW = '2026-11-26T12:40:00.000Z'
const LONDON = 'Europe/London'

function meeting(id: string, starts_at: string, state: Meeting['state'] = 'planned'): Meeting {
  return { ...ROW, id, starts_at, state, minutes: 60, item_id: null } as Meeting
}
function action(fields: Partial<Action> = {}): Action {
  return {
    ...ROW,
    id: 'action',
    text: 'Ask the ward',
    rev: 0,
    author_id: 'tom',
    member_id: 'maya',
    meeting_id: null,
    item_id: null,
    due_meeting_id: null,
    due_on: null,
    state: 'open',
    carried: 0,
    settled_at: null,
    sponsor_ask: false,
    answered_by: null,
    answered_at: null,
    answered_for: null,
    ...fields,
  }
}
const TODAY = { ...meeting('today', '2026-11-26T12:30:00.000Z', 'live'), item_id: 'item' }
const NEXT = meeting('next', '2026-12-03T12:30:00.000Z')
const LATER = meeting('later', '2026-12-10T12:30:00.000Z')

function after(rows: RowLists, command: Command) {
  const tables = tablesOf(rows)
  return withRows(tables, predicted(close, tables, command, { id: 'command', me: 'tom', now: NOW }))
}

describe('an action', () => {
  const added = (fields: object = {}) =>
    after(
      { meeting: [LATER, NEXT, TODAY] },
      { type: 'meetings.add_action', action_id: 'new', text: ' Ask ', member_id: 'maya', ...fields },
    ).action!.get('new')

  test('comes from the meeting that is on, and is due at the next one', () => {
    expect(added()).toMatchObject({
      text: 'Ask',
      meeting_id: 'today',
      item_id: 'item',
      due_meeting_id: 'next',
      due_on: null,
      state: 'open',
    })
  })
  test('is due when it says so', () => {
    expect(added({ due_on: '2026-12-05' })).toMatchObject({ due_meeting_id: null, due_on: '2026-12-05' })
    expect(added({ due_meeting_id: 'later' })).toMatchObject({ due_meeting_id: 'later' })
  })
  test('is ticked and opened again', () => {
    const set = (row: Action, state: Action['state']) =>
      after({ action: [row] }, { type: 'meetings.set_action', action_id: 'action', state }).action!.get(
        'action',
      )
    expect(set(action(), 'done')).toMatchObject({ state: 'done', settled_at: NOW })
    expect(set(action({ state: 'done', settled_at: NOW }), 'open')).toMatchObject({ settled_at: null })
  })
  test('keeps its words where somebody else has changed them meanwhile', () => {
    const edited = after(
      { action: [action({ rev: 1 })] },
      { type: 'meetings.edit_action', action_id: 'action', text: 'Ask the clinic', base_rev: 0 },
    )
    expect(edited.action!.get('action')!.text).toBe('Ask the ward')
  })
})

test('a corrected decision keeps what the room heard first, and loses the mark with the first words', () => {
  const decision: Decision = {
    ...ROW,
    id: 'decision',
    text: 'Test A',
    rev: 0,
    author_id: 'tom',
    corrected_by: null,
    original: null,
    method: 'consensus',
    dissent: null,
    review_on: null,
    meeting_id: null,
    item_id: null,
  }
  const edit = (row: Decision, text: string) =>
    after(
      { decision: [row] },
      { type: 'meetings.edit_decision', decision_id: 'decision', text, base_rev: row.rev },
    ).decision!.get('decision')!
  const corrected = edit(decision, 'Test A and B')
  expect(corrected).toMatchObject({ text: 'Test A and B', original: 'Test A', corrected_by: 'tom', rev: 1 })
  expect(edit(corrected, 'Test A')).toMatchObject({ original: null, corrected_by: null })
})

test('a parked thought is let go and parked again', () => {
  const row: Parked = {
    ...ROW,
    id: 'parked',
    text: 'Parking at night',
    rev: 0,
    author_id: 'maya',
    card_id: null,
    meeting_id: null,
    state: 'parked',
    item_id: null,
  }
  const set = after({ parked: [row] }, { type: 'meetings.set_parked', parked_id: 'parked', state: 'dropped' })
  expect(set.parked!.get('parked')!.state).toBe('dropped')
})

describe('a meeting asks', () => {
  const rows = new Map([TODAY, NEXT, LATER].map((row) => [row.id, row]))
  const isDue = (fields: Partial<Action>, at: Meeting) =>
    isDueAt(action(fields), at, (id) => rows.get(id), LONDON)

  test('about what was due there or before', () => {
    expect(isDue({ due_meeting_id: 'next' }, NEXT)).toBe(true)
    expect(isDue({ due_meeting_id: 'next' }, LATER)).toBe(true)
    expect(isDue({ due_meeting_id: 'later' }, NEXT)).toBe(false)
  })
  test('about a day that has come', () => {
    expect(isDue({ due_on: '2026-12-03' }, NEXT)).toBe(true)
    expect(isDue({ due_on: '2026-12-04' }, NEXT)).toBe(false)
  })
  test('not about what was promised in itself', () => {
    expect(isDue({ meeting_id: 'today' }, TODAY)).toBe(false)
    expect(isDue({ meeting_id: 'today' }, NEXT)).toBe(true)
  })
})

test('the hour is drawn as it went, and what was not begun has no minutes', () => {
  const item = (id: string, fields: Partial<Item>) =>
    ({ ...ROW, id, minutes: 7, spent_ms: 0, began_at: null, state: 'done', ...fields }) as Item
  const parts = stretches(
    [
      item('story', { spent_ms: 7.6 * 60_000 }),
      item('now', { state: 'now', began_at: '2026-11-26T12:37:00.000Z' }),
      item('left', { state: 'left' }),
    ],
    Date.parse(NOW),
  )
  expect(parts.map(({ actual }) => actual)).toEqual([8, 3, null])
  expect(parts.map(({ drawn }) => drawn)).toEqual([7.6, 3, 0])
})

test.each([
  ['Ask the ward', false],
  ['Theatre list: copy it', false],
  ['The new leaflet', true],
  ['We should ask', true],
  ['  need more porters', true],
])('%s: a hint to begin with a verb is %s', (text, isHinted) => {
  expect(beginsWithoutVerb(text)).toBe(isHinted)
})
