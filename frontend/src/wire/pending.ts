/** My commands between pressing Enter and the server's own rows: kept, sent, sent again, answered. */

import type { Cancel, Timers } from './timers'
import type { Ack, Command, Do, Failed, Id, Moment, Refused } from './types'

export type Outcome = { ok: true; seq: number } | { ok: false; code: string; params: Record<string, unknown> }

/** What a reload must not lose of a command. */
export interface Kept {
  id: Id
  command: Command
  /** The row it is about: a refusal is shown beside it. */
  about: Id | null
  at: Moment
}

export interface Waiting extends Kept {
  state: 'waiting' | 'sent' | 'acked' | 'refused'
  seq: number | null
  answered(outcome: Outcome): void
}

/** A refused command with what was typed, until somebody has read why. */
export interface Refusal extends Kept {
  code: string
  params: Record<string, unknown>
  text: string
}

/** After a failure one command goes ahead; each ack lets twice as many follow. */
const MOST_IN_FLIGHT = 32

export class Pending {
  /** In the order they were made. A list that changed is another list. */
  waiting: readonly Waiting[] = []
  refusals: readonly Refusal[] = []
  #deliver: ((message: Do) => void) | null = null
  #inFlight = MOST_IN_FLIGHT
  #pause: Cancel | null = null

  constructor(private readonly timers: Timers) {}

  get saving(): number {
    return this.waiting.filter(({ state }) => state !== 'acked').length
  }

  /** What an earlier page of this tab had not finished goes first. */
  restore(waiting: readonly Kept[], refusals: readonly Refusal[]): void {
    const unanswered = waiting.map(
      (kept) => ({ ...kept, state: 'waiting', seq: null, answered: () => {} }) as const,
    )
    this.waiting = [...unanswered, ...this.waiting]
    this.refusals = [...refusals, ...this.refusals]
  }

  clear(): void {
    this.disconnected()
    this.waiting = []
    this.refusals = []
  }

  add(kept: Kept, answered: (outcome: Outcome) => void): Waiting {
    const waiting: Waiting = { ...kept, state: 'waiting', seq: null, answered }
    this.#forgetRefusalsOf(kept)
    this.waiting = [...this.waiting, waiting]
    this.#flush()
    return waiting
  }

  /** Everything not acked goes out again, with the same ids and in the same order. */
  connected(deliver: (message: Do) => void): void {
    this.disconnected()
    this.#deliver = deliver
    for (const each of this.waiting) if (each.state === 'sent') each.state = 'waiting'
    this.#flush()
  }

  disconnected(): void {
    this.#deliver = null
    this.#pause?.()
    this.#pause = null
  }

  answer(message: Ack | Refused | Failed): void {
    const about = this.waiting.find(({ id, state }) => id === message.id && state !== 'acked')
    if (!about) return
    if (message.type === 'ack') this.#acked(about, message.seq)
    else if (message.type === 'refused') this.#refused(about, message)
    else this.#failed(about, message.retry_ms)
  }

  /** Acked commands whose rows have come in need no prediction any more. */
  reached(seq: number): void {
    const open = this.waiting.filter(({ state, seq: acked }) => state !== 'acked' || acked! > seq)
    if (open.length < this.waiting.length) this.waiting = open
  }

  /** By the row it is about, or by its own id where it is about none. */
  dismiss(which: Id): void {
    this.refusals = this.refusals.filter(({ about, id }) => about !== which && id !== which)
  }

  /** Trying the same thing again is the answer to why it was refused before. */
  #forgetRefusalsOf({ command, about }: Kept): void {
    const again = (old: Refusal) => old.command.type === command.type && old.about === about
    if (this.refusals.some(again)) this.refusals = this.refusals.filter((old) => !again(old))
  }

  #acked(waiting: Waiting, seq: number): void {
    waiting.state = 'acked'
    waiting.seq = seq
    this.waiting = [...this.waiting]
    this.#inFlight = Math.min(MOST_IN_FLIGHT, this.#inFlight * 2)
    waiting.answered({ ok: true, seq })
    this.#flush()
  }

  #refused(waiting: Waiting, { code, params, text }: Refused): void {
    const { id, command, about, at } = waiting
    waiting.state = 'refused'
    this.waiting = this.waiting.filter((each) => each !== waiting)
    this.refusals = [...this.refusals, { id, command, about, at, code, params, text }]
    waiting.answered({ ok: false, code, params })
    this.#flush()
  }

  /** What comes later may build on it, so everything waits, and then one goes ahead. */
  #failed(waiting: Waiting, retryMs: number): void {
    waiting.state = 'waiting'
    this.#inFlight = 1
    this.#pause?.()
    this.#pause = this.timers.after(retryMs, () => {
      this.#pause = null
      this.#flush()
    })
  }

  #flush(): void {
    if (!this.#deliver || this.#pause) return
    let free = this.#inFlight - this.waiting.filter(({ state }) => state === 'sent').length
    for (const each of this.waiting) {
      if (free <= 0) return
      if (each.state !== 'waiting') continue
      each.state = 'sent'
      free -= 1
      this.#deliver({ type: 'do', id: each.id, command: each.command })
    }
  }
}
