import { expect, test } from 'vitest'

import type { Room } from '../../../room/room.svelte'
import { consentAbout, type GroundRule, nextInTurn, ofVersion, standing } from './rules'

function rule(id: string, fields: Partial<GroundRule>): GroundRule {
  const row = { id, text: id, rank: id, state: 'agreed', since: 1, until: null, read_at: null, ...fields }
  return row as GroundRule
}

const RULES = [
  rule('c', { state: 'going', read_at: '2026-11-19T12:31:00.000Z' }),
  rule('a', { read_at: '2026-11-12T12:31:00.000Z' }),
  rule('b', { state: 'gone', until: 2 }),
  rule('d', { state: 'proposed', since: null }),
  rule('e', { since: 2 }),
]

test('what is about to go still stands', () => {
  expect(standing(RULES).map(({ id }) => id)).toEqual(['a', 'c', 'e'])
})

test('an earlier version reads as it did', () => {
  expect(ofVersion(RULES, 1).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(ofVersion(RULES, 2).map(({ id }) => id)).toEqual(['a', 'c', 'e'])
})

test('the rule that was never heard is read out first, then the one that was not heard for longest', () => {
  expect(nextInTurn(RULES)?.id).toBe('e')
  expect(nextInTurn(RULES.filter(({ id }) => id !== 'e'))?.id).toBe('a')
  expect(nextInTurn([])).toBeUndefined()
})

test('of two questions about one aim the newer one counts', () => {
  const asked = [
    { id: 'new', target: 'aim', target_id: 'x', created_at: '2026-11-19' },
    { id: 'old', target: 'aim', target_id: 'x', created_at: '2026-11-12' },
    { id: 'other', target: 'decision', target_id: 'x', created_at: '2026-11-26' },
  ]
  const room = { all: () => asked } as unknown as Pick<Room, 'all'>
  expect(consentAbout(room, 'aim', 'x')?.id).toBe('new')
})
