import { beforeEach, expect, test } from 'vitest'

import { NOW, TestTimers } from '../wire/testing'
import { Clock } from './clock'

let timers: TestTimers
let clock: Clock

beforeEach(() => {
  timers = new TestTimers()
  clock = new Clock(
    () => timers.now(),
    () => 0,
  )
})

/** A ping whose answer says `ahead` ms more than the truth would with equal ways. */
function ping(roundTrip: number, truth: number, ahead = 0) {
  const sentAt = timers.now()
  timers.pass(roundTrip)
  clock.ponged(sentAt, truth + sentAt + roundTrip / 2 + ahead)
}

test('it runs on with the computer and shows the server’s time', () => {
  clock.greeted(NOW)
  timers.pass(1_500)
  expect(clock.now()).toBe(NOW + 1_500)
})

test('the answer that came back quickest counts, not the last one', () => {
  clock.greeted(NOW)
  ping(40, NOW)
  ping(900, NOW, 300)
  expect(clock.now()).toBe(NOW + timers.now())
})

test('a quicker answer replaces a slower one', () => {
  clock.greeted(NOW - 700)
  ping(900, NOW, 300)
  ping(20, NOW)
  expect(clock.now()).toBe(NOW + timers.now())
})

test('a computer that slept is set right by the first answer that contradicts what was known', () => {
  clock.greeted(NOW)
  ping(20, NOW)
  ping(60, NOW + 3_600_000)
  expect(clock.now()).toBe(NOW + 3_600_000 + timers.now())
})

test('a new connection starts over', () => {
  clock.greeted(NOW)
  ping(2, NOW)
  clock.greeted(NOW + 5_000)
  expect(clock.now()).toBe(NOW + 5_000)
})
