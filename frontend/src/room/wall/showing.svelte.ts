/**
 * What a wall shows: a welcome while people arrive, then the room. It goes over by itself as soon as something
 * happens for all, and back when everybody has been gone for a while. Whoever stands at it can choose by a key.
 */

import type { Cancel, Timers } from '../../wire/timers'

/** Longer than any server takes to come back, shorter than until the next team uses the room. */
const GONE_FOR = 5 * 60_000
const KEY = 'bigroom/wall'

export class Showing {
  isWelcome = $state(true)
  #place: string | undefined
  #captures: number | undefined
  #leaving: Cancel | null = null

  constructor(
    private readonly timers: Timers,
    /** A wall that is loaded again in the middle of the hour goes on where it was. */
    private readonly storage: Storage | null,
  ) {
    this.isWelcome = storage?.getItem(KEY) !== 'room'
  }

  toggle(): void {
    this.#show(!this.isWelcome)
  }

  /** "Bring everyone": where to does not matter. The first place is where the room was before. */
  saw(place: string | undefined): void {
    if (this.#place !== undefined && place !== undefined && place !== this.#place) this.#show(false)
    this.#place = place
  }

  /** Writing in silence: how many captures there have been. Those of last week are there from the first on. */
  captures(count: number): void {
    if (this.#captures !== undefined && count > this.#captures) this.#show(false)
    this.#captures = count
  }

  here(count: number): void {
    if (count > 0) {
      this.#leaving?.()
      this.#leaving = null
    } else this.#leaving ??= this.timers.after(GONE_FOR, () => this.#show(true))
  }

  stop(): void {
    this.#leaving?.()
  }

  #show(isWelcome: boolean): void {
    this.isWelcome = isWelcome
    this.storage?.setItem(KEY, isWelcome ? 'welcome' : 'room')
  }
}
