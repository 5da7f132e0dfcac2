/** What this tab says where it cannot say it on its connection: one call after the other, in order. */

import { answerOf, type Http } from './http'
import type { Cancel, Timers } from './timers'
import type { ClientMessage, Do, Failed, Presence, ServerMessage } from './types'

const ANSWER_WITHIN = 10_000
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 8_000
/** The clock is asked as often as it needs to be known, not as often as a socket is pinged. */
const CLOCK_EVERY = 30_000

export class Said {
  #commands: Do[] = []
  #isPosting = false
  #presence: Presence | null = null
  #presenceDue = false
  #failures = 0
  #clockAt = -Infinity
  #closed = new AbortController()

  constructor(
    private readonly http: Http,
    private readonly timers: Timers,
    private readonly answered: (frame: ServerMessage[]) => void,
  ) {}

  send(message: ClientMessage): void {
    if (message.type === 'do') {
      // Said twice where a connection was replaced before the first answer came.
      if (this.#commands.some(({ id }) => id === message.id)) return
      this.#commands.push(message)
      if (!this.#isPosting) void this.#post()
    } else if (message.type === 'ping') void this.#askTime(message.t)
    else {
      this.#presence = message
      this.presence()
    }
  }

  /** Says where I am, again: a stream cannot tell that somebody reads it. */
  presence(): void {
    const isUnderWay = this.#presenceDue
    this.#presenceDue = this.#presence !== null
    if (this.#presenceDue && !isUnderWay) void this.#postPresence()
  }

  close(): void {
    this.#closed.abort()
  }

  async #post(): Promise<void> {
    this.#isPosting = true
    while (this.#commands.length && !this.#isClosed) {
      const command = this.#commands[0]!
      const answer = await this.#answerTo(command)
      if (this.#isClosed) return
      if (answer.type === 'failed') this.#giveBack(answer)
      else this.#settled(answer)
    }
    this.#isPosting = false
  }

  #settled(answer: ServerMessage): void {
    this.#failures = 0
    this.#commands.shift()
    this.answered([answer])
  }

  /** What comes behind one that failed must not overtake it. */
  #giveBack({ code, retry_ms }: Failed): void {
    const all = this.#commands.splice(0)
    this.answered(all.map(({ id }) => ({ type: 'failed', id, code, retry_ms })))
  }

  async #answerTo(command: Do) {
    try {
      const answer = await this.#within((signal) => this.http.post('commands', command, signal))
      const said = await answerOf(command, answer)
      if (said) return said
    } catch {
      // Nobody knows whether it arrived: it is sent again under the same id.
    }
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures++)
    return { type: 'failed', id: command.id, code: 'no_answer', retry_ms: pause } as const
  }

  /** Only the latest place is worth telling. */
  async #postPresence(): Promise<void> {
    while (this.#presenceDue && !this.#isClosed) {
      const told = this.#presence
      await this.#within((signal) => this.http.post('presence', told, signal)).catch(() => undefined)
      this.#presenceDue = this.#presence !== told
    }
  }

  async #askTime(t: number): Promise<void> {
    const now = this.timers.now()
    if (now - this.#clockAt < CLOCK_EVERY) return
    this.#clockAt = now
    try {
      const serverNow = await this.#within((signal) => this.http.serverNow(signal))
      if (!this.#isClosed) this.answered([{ type: 'pong', t, now: serverNow }])
    } catch {
      this.#clockAt = -Infinity
    }
  }

  get #isClosed(): boolean {
    return this.#closed.signal.aborted
  }

  async #within<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    const stop = () => abort.abort()
    const cancel: Cancel = this.timers.after(ANSWER_WITHIN, stop)
    this.#closed.signal.addEventListener('abort', stop)
    try {
      return await call(abort.signal)
    } finally {
      cancel()
      this.#closed.signal.removeEventListener('abort', stop)
    }
  }
}
