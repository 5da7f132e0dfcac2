import { expect, test } from 'vitest'

import { clock, cue, hourEnds, left, spent, wouldEnd } from './timing'

const NOON = Date.parse('2026-11-26T12:30:00.000Z')
const MINUTE = 60_000

const at = (ms: number) => new Date(NOON + ms).toISOString()
const running = (seconds: number) => ({
  seconds,
  spent_ms: 0,
  began_at: at(0),
  ends_at: at(seconds * 1000),
  state: 'now' as const,
})
const waiting = (seconds: number) => ({
  seconds,
  spent_ms: 0,
  began_at: null,
  ends_at: null,
  state: 'waiting' as const,
})

test.each([
  [420_000, '07:00', 'running'],
  [187_400, '03:08', 'running'],
  [60_001, '01:01', 'running'],
  [60_000, '01:00', 'last'],
  [1, '00:01', 'last'],
  [0, '+0:00', 'over'],
  [-80_400, '+1:20', 'over'],
  [-3_600_000, '+60:00', 'over'],
])('with %i ms left the clock says %s', (ms, text, state) => {
  expect(clock(ms)).toEqual({ text, state })
})

test('what is left runs while the item runs, and stands while it waits', () => {
  expect(left(running(420), NOON + MINUTE)).toBe(6 * MINUTE)
  expect(left({ ...waiting(420), spent_ms: MINUTE }, NOON + 5 * MINUTE)).toBe(6 * MINUTE)
})

test('a clock that is a moment behind the server shows no more than was given', () => {
  expect(left(running(420), NOON - 900)).toBe(7 * MINUTE)
  expect(spent(running(420), NOON - 900)).toBe(0)
})

test.each([
  [-15, 60],
  [5, 60],
  [-40, 20],
  [90, 150],
])('an hour begun after %i minutes ends after %i', (begun, ends) => {
  const meeting = { starts_at: at(0), minutes: 60, started_at: at(begun * MINUTE) }
  expect(hourEnds(meeting as never)).toBe(NOON + ends * MINUTE)
})

test('over time and what is to come make the hour end later', () => {
  const items = [running(120), waiting(300)]
  expect(wouldEnd(items, NOON)).toBe(NOON + 7 * MINUTE)
  expect(wouldEnd(items, NOON + 5 * MINUTE)).toBe(NOON + 10 * MINUTE)
})

test.each([
  [420, 211, 209, 'half'],
  [420, 61, 59, 'minute'],
  [420, 1, -1, 'up'],
  [420, 300, 250, null],
  [60, 60, 59, null],
  [120, 61, 60, 'minute'],
  [420, 300, -10, 'up'],
])('of %i seconds, from %i to %i left: %s', (seconds, before, now, said) => {
  expect(cue({ seconds }, before * 1000, now * 1000)).toBe(said)
})
