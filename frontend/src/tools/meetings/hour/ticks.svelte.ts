/** One beat a second for every clock of the page, at the server's whole seconds: all screens turn together. */

import { browserTimers, type Cancel, type Timers } from '../../../wire/timers'
import { onWake } from '../../../wire/wake'

const SECOND = 1000
/** A timer that is early would show the second before. */
const AFTER = 4

export class Ticks {
  #beat = $state(0)
  #next: Cancel | null = null
  #stopWaking: (() => void) | null = null
  #listeners = 0

  constructor(
    private readonly serverNow: () => number,
    private readonly timers: Timers = browserTimers,
    private readonly wakes: (wake: () => void) => () => void = onWake,
  ) {}

  /** The server's time. Who reads it wakes with each beat. */
  now(): number {
    void this.#beat
    return this.serverNow()
  }

  /** `$effect(() => ticks.run())` */
  run(): () => void {
    if (this.#listeners++ === 0) {
      // What was hidden has slept: it catches up at once.
      this.#stopWaking = this.wakes(() => this.#tick())
      this.#plan()
    }
    return () => {
      if (--this.#listeners > 0) return
      this.#next?.()
      this.#stopWaking?.()
    }
  }

  #tick(): void {
    this.#beat++
    this.#plan()
  }

  #plan(): void {
    this.#next?.()
    const since = ((this.serverNow() % SECOND) + SECOND) % SECOND
    this.#next = this.timers.after(SECOND - since + AFTER, () => this.#tick())
  }
}
