/** The short code by which people come in: asked for as long as it is shown, because that keeps it. */

import type { Cancel, Timers } from '../../wire/timers'

const EVERY = 60_000
const TRY_AGAIN = 10_000

export class ShownCode {
  /** Two groups of four, as one reads it out. */
  letters = $state<string | null>(null)
  #next: Cancel | null = null
  #expires = 0

  constructor(
    private readonly ask: () => Promise<{ code: string; expires_at: string }>,
    private readonly timers: Timers,
    /** Milliseconds since 1970 on the server's clock. */
    private readonly now: () => number,
  ) {}

  show(): void {
    this.#next ??= this.timers.after(0, () => void this.#ask())
  }

  stop(): void {
    this.#next?.()
    this.#next = null
  }

  async #ask(): Promise<void> {
    try {
      const { code, expires_at } = await this.ask()
      this.letters = code
      this.#expires = Date.parse(expires_at)
      this.#again(EVERY)
    } catch {
      // A code that is over opens nothing; until then the one on the wall still does.
      if (this.now() >= this.#expires) this.letters = null
      this.#again(TRY_AGAIN)
    }
  }

  #again(wait: number): void {
    if (this.#next) this.#next = this.timers.after(wait, () => void this.#ask())
  }
}

export function inGroups(code: string): string {
  return code.replace(/^(.{4})(.{4})$/, '$1 $2')
}
