import { expect, test } from 'vitest'

import { date, day, dayAndTime } from './when'

const NOW = Date.UTC(2026, 3, 9, 12)

test('the year is said only when it is another one', () => {
  expect(day('2026-04-02T12:41:00.000Z', NOW)).toBe('2 April')
  expect(day('2025-12-31T12:00:00.000Z', NOW)).toBe('31 December 2025')
})

test('a time has hours and minutes', () => {
  expect(dayAndTime('2026-01-02T12:41:00.000Z', NOW)).toMatch(/^2 January, \d\d:41$/)
})

test('a calendar day is written out, and other words stay as they are', () => {
  expect(date('2026-10-31')).toBe('31 October 2026')
  expect(date('by Christmas')).toBe('by Christmas')
  expect(date('2026-99-99')).toBe('2026-99-99')
})
