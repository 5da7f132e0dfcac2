import { expect, test } from 'vitest'

import { Clock } from '../../../room/clock'
import { NOW, TestTimers } from '../../../wire/testing'
import { Ticks } from './ticks.svelte'
import { clock, left } from './timing'

const SECONDS = 420
const item = {
  seconds: SECONDS,
  spent_ms: 0,
  began_at: new Date(NOW).toISOString(),
  ends_at: new Date(NOW + SECONDS * 1000).toISOString(),
}

/** A browser that came in `late`, whose monotonic clock runs `drift` times as fast, and whose wall clock is `wrong`. */
class Browser {
  readonly timers = new TestTimers()
  readonly #clock: Clock
  #wake = () => {}
  readonly ticks: Ticks

  constructor(
    private readonly late = 0,
    private readonly drift = 1,
    wrong = 0,
  ) {
    this.#clock = new Clock(
      () => this.timers.now(),
      () => NOW + wrong,
    )
    this.#clock.greeted(NOW + late)
    this.ticks = new Ticks(
      () => this.#clock.now(),
      this.timers,
      (wake) => {
        this.#wake = wake
        return () => {}
      },
    )
    this.ticks.run()
  }

  /** Until the server says `at`, with a ping every five seconds there and back in 40 ms. */
  until(at: number): number {
    for (let now = this.late; now < at; now += 1000) {
      if ((now - this.late) % 5000 === 0) {
        const sent = this.timers.now() - 40 * this.drift
        this.#clock.ponged(sent, NOW + now - 20)
      }
      this.timers.pass(1000 * this.drift)
    }
    return left(item, this.ticks.now())
  }

  sleep(ms: number): void {
    this.timers.pass(ms * this.drift)
    this.#wake()
  }
}

test.each([
  ['a clock of yesterday', new Browser(0, 1, -86_400_000)],
  ['a clock seven minutes ahead', new Browser(0, 1, 420_000)],
  ['a clock that runs 2 % fast', new Browser(0, 1.02)],
  ['a clock that runs 2 % slow', new Browser(0, 0.98)],
  ['a browser that joined late', new Browser(133_000)],
])('%s shows the same countdown', (_, browser) => {
  const truth = (SECONDS - 300) * 1000
  const difference = Math.abs(browser.until(300_000) - truth)
  expect(difference).toBeLessThan(200)
})

test('all screens turn at the whole second of the server', () => {
  const beats: number[] = []
  const timers = new TestTimers()
  const ticks = new Ticks(
    () => {
      beats.push((timers.now() + 400) % 1000)
      return timers.now() + 400
    },
    timers,
    () => () => {},
  )
  ticks.run()
  for (let n = 0; n < 40; n++) timers.pass(100)
  expect(beats.slice(1).every((since) => since < 100)).toBe(true)
})

test('a hidden tab that slept two minutes is right as soon as it shows', () => {
  const browser = new Browser()
  browser.sleep(120_000)
  expect(clock(left(item, browser.ticks.now())).text).toBe('05:00')
})
