/** What this tab remembers over a reload: commands without an answer, refused texts, unfinished drafts. */

import type { Kept, Refusal } from './pending'
import type { Id } from './types'

export interface Remembered {
  waiting: readonly Kept[]
  refusals: readonly Refusal[]
}

const MOST_COMMANDS = 200
const MOST_DRAFTS = 50

/** Of one member in one room: the next person at a shared computer finds nothing and sends nothing of it. */
export class Memory {
  #name: string

  constructor(
    private readonly storage: Storage | null,
    roomId: Id,
    memberId: Id,
  ) {
    this.#name = `bigroom/${roomId}/${memberId}`
  }

  remembered(): Remembered {
    return this.#read('commands', { waiting: [], refusals: [] })
  }

  remember({ waiting, refusals }: Remembered): void {
    const nothing = waiting.length === 0 && refusals.length === 0
    const bounded = { waiting: waiting.slice(0, MOST_COMMANDS), refusals: refusals.slice(-MOST_COMMANDS) }
    this.#write('commands', nothing ? null : bounded)
  }

  draft(place: string): string {
    return this.#drafts()[place] ?? ''
  }

  keepDraft(place: string, text: string): void {
    const others = Object.entries(this.#drafts()).filter(([other]) => other !== place)
    const kept = (text ? [...others, [place, text] as const] : others).slice(-MOST_DRAFTS)
    this.#write('drafts', kept.length ? Object.fromEntries(kept) : null)
  }

  #drafts(): Record<string, string> {
    return this.#read('drafts', {})
  }

  #read<T>(what: string, otherwise: T): T {
    const text = this.storage?.getItem(`${this.#name}/${what}`)
    return text ? (JSON.parse(text) as T) : otherwise
  }

  #write(what: string, value: unknown): void {
    const key = `${this.#name}/${what}`
    if (value === null) return this.storage?.removeItem(key)
    try {
      this.storage?.setItem(key, JSON.stringify(value))
    } catch {
      // Full: what is written stays on the screen and on its way to the server; only a reload would lose it.
      this.storage?.removeItem(key)
    }
  }
}

/** Some browsers forbid storage altogether; then nothing outlives the page. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
