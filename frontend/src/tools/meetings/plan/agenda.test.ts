import { expect, test } from 'vitest'

import type { Item, Meeting } from '../../../wire/types'
import { afterDrop, afterStep, lateBy, startsOf, sum } from './agenda'

const NOON = Date.parse('2026-12-03T12:30:00.000Z')
const MINUTE = 60_000

function item(id: string, minutes: number, more: Partial<Item> = {}): Item {
  return { id, minutes, seconds: minutes * 60, spent_ms: 0, state: 'waiting', ends_at: null, ...more } as Item
}

const meeting = {
  starts_at: new Date(NOON).toISOString(),
  minutes: 60,
  state: 'planned',
  started_at: null,
} as Meeting
const ITEMS = [item('a', 5), item('b', 30), item('c', 29)]

test('an agenda says how many minutes it has too many', () => {
  expect(sum(ITEMS, meeting)).toEqual({ planned: 64, over: 4 })
  expect(sum(ITEMS.slice(0, 2), meeting)).toEqual({ planned: 35, over: -25 })
})

test('each item begins when those before it are over', () => {
  expect(startsOf(ITEMS, meeting, NOON)).toEqual({ a: NOON, b: NOON + 5 * MINUTE, c: NOON + 35 * MINUTE })
})

test('while it goes on what waits begins as it now looks, and the hour says how late it would be', () => {
  const live = { ...meeting, state: 'live', started_at: meeting.starts_at } as Meeting
  const on = {
    state: 'now',
    began_at: meeting.starts_at,
    ends_at: new Date(NOON + 5 * MINUTE).toISOString(),
  } as const
  const items = [item('a', 5, on), item('b', 30), item('c', 29)]
  const now = NOON + 8 * MINUTE
  expect(startsOf(items, live, now)).toEqual({ b: now, c: now + 30 * MINUTE })
  expect(lateBy(items, live, now)).toBe(7)
})

test('an item moves one place up or down, and not past the ends', () => {
  expect(afterStep(['a', 'b', 'c'], 'b', -1)).toBeNull()
  expect(afterStep(['a', 'b', 'c'], 'b', 1)).toBe('c')
  expect(afterStep(['a', 'b', 'c'], 'c', -1)).toBe('a')
  expect(afterStep(['a', 'b', 'c'], 'c', 1)).toBeUndefined()
})

test('an item that is dropped goes before or behind the one under it', () => {
  expect(afterDrop(['a', 'b', 'c'], 'c', 'a', 'top')).toBeNull()
  expect(afterDrop(['a', 'b', 'c'], 'c', 'a', 'bottom')).toBe('a')
  expect(afterDrop(['a', 'b', 'c'], 'a', 'c', 'top')).toBe('b')
  expect(afterDrop(['a', 'b', 'c'], 'b', 'b', 'top')).toBe('a')
})
