/**
 * What somebody has just said of something, until it is answered. Their next change builds on it, also in the moment
 * before this page can predict anything: what they have done twice in a second is there twice.
 */

import type { Sent } from './room.svelte'

export class Said<T> {
  #last = $state.raw<{ said: T } | null>(null)

  /** That; or what stands, once there is an answer. */
  or(stands: T): T {
    return this.#last ? this.#last.said : stands
  }

  is(said: T, { outcome }: Pick<Sent, 'outcome'>): void {
    const mine = { said }
    this.#last = mine
    void outcome.then(() => {
      if (this.#last === mine) this.#last = null
    })
  }
}
