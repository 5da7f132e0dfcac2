/** The method a room follows: its stages and steps, lenses with badges, voices. Data of the server, never of this code. */

import type { Timers } from '../wire/timers'

export interface Lens {
  key: string
  title: string
  question: string
  badge: string
  shape: string
  kinds: string[]
}
export interface MethodStep {
  key: string
  title: string
  question: string
  done_looks_like: string
  /** `board:<lens>`, the place of a tool, or `page`. */
  opens: string
  audience: 'all' | 'coaches'
  columns: { key: string; title: string; question: string }[]
}
export interface Stage {
  key: string
  title: string
  in_a_sentence: string
  steps: MethodStep[]
}
export interface Method {
  key: string
  version: number
  language: string
  title: string
  board_title: string
  is_for: string
  cyclical: boolean
  lenses: Lens[]
  stages: Stage[]
  voices: { key: string; title: string; group: string }[]
}

const TRY_AGAIN = 2_000

/** Fetched once a version; a network that fails is asked again. */
export class MethodShelf {
  method: Method | undefined
  #asked = ''

  constructor(
    private readonly get: (address: string) => Promise<Response>,
    private readonly timers: Timers,
    private readonly arrived: () => void,
  ) {}

  want(key: string, version: number): void {
    const address = `/api/methods/${key}/${version}`
    if (address === this.#asked) return
    this.#asked = address
    void this.#fetch(address)
  }

  stop(): void {
    this.#asked = ''
  }

  async #fetch(address: string): Promise<void> {
    const method = await this.#read(address)
    if (this.#asked !== address) return
    if (method) {
      this.method = method
      this.arrived()
    } else this.timers.after(TRY_AGAIN, () => this.#asked === address && void this.#fetch(address))
  }

  async #read(address: string): Promise<Method | null> {
    try {
      const response = await this.get(address)
      return response.ok ? ((await response.json()) as Method) : null
    } catch {
      return null
    }
  }
}
