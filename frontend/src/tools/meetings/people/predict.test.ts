import { expect, test } from 'vitest'

import { predicted } from '../../../wire/predict'
import type { Command, Tables } from '../../../wire/types'
import { people } from './predict'

const ASK = { id: 'c', me: 'maya', now: '2026-11-26T12:30:00.000Z' }
const born = { created_at: ASK.now, removed_at: null, redacted_at: null, locked_by: null }

function after(command: Command, tables: unknown) {
  return predicted(people, tables as Tables, command, ASK)
}

function table(...rows: { id: string }[]) {
  return new Map(rows.map((row) => [row.id, row]))
}

test('who hands a role over has it no more, before the server has answered', () => {
  const role = table({ ...born, id: 'r', role: 'timekeeper', member_id: 'maya' } as { id: string })
  const { role: rows } = after(
    { type: 'meetings.hand_over', role: 'timekeeper', member_id: 'leroy' },
    { role },
  )
  expect(rows).toMatchObject([{ id: 'r', member_id: 'leroy' }])
})

test('a hand goes up at once, and one that is up stays where it is in the line', () => {
  expect(after({ type: 'meetings.raise_hand' }, {}).hand).toMatchObject([{ id: 'maya', member_id: 'maya' }])
  const hand = table({ ...born, id: 'maya' })
  expect(after({ type: 'meetings.raise_hand' }, { hand })).toEqual({})
  expect(after({ type: 'meetings.lower_hand' }, { hand }).hand).toMatchObject([{ removed_at: ASK.now }])
})

test('being done shows to oneself at once; an item that is over takes no press', () => {
  const item = table({ ...born, id: 'story', state: 'now' } as { id: string }, { ...born, id: 'old' })
  const press = (item_id: string) =>
    after({ type: 'meetings.set_ready', item_id, is_ready: true } as Command, { item })
  expect(press('story').ready).toMatchObject([{ id: 'maya', item_id: 'story' }])
  expect(press('old')).toEqual({})
})

test('what I decline is gone for me at once', () => {
  const { declined } = after({ type: 'meetings.decline_role', offer_id: 'o' }, {})
  expect(declined).toMatchObject([{ id: 'maya', offer_ids: ['o'] }])
})
