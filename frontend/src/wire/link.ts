/** Keeps a connection to the room: opens, watches, closes, and comes back. */

import type { Cancel, Timers } from './timers'
import type { ResumePoint } from './replica'
import { LOST, type OpenTransport, type Transport } from './transport'
import type { ClientMessage, ServerMessage } from './types'

/** Connecting: the first time, or at once after a loss. Offline: tried and failed, trying on. Ended: for good. */
export type LinkState = 'connecting' | 'live' | 'offline' | 'ended'

export interface LinkOwner {
  readonly resume: ResumePoint | null
  /** A new connection begins: nothing half heard on the last one counts. */
  begin(): void
  heard(frame: ServerMessage[]): void
  stateChanged(): void
}

const CONNECT_WITHIN = 5_000
/** The server says `at` at least every 20 s. */
const SILENCE = 35_000
const FIRST_BACK_OFF = 250
const LONGEST_AT_FIRST = 3_000
const LONGEST = 10_000
const AT_FIRST = 60_000
/** A connection that lasted this long was a good one: the next loss starts again with short waits. */
const LASTED = 5_000
/** A timer that fires this late says more about the tab than about the connection. */
const LATE = 1_000

const UNREADABLE = 4400
const NO_SESSION = 4401
const REMOVED = 4403
const NO_SUCH_ROOM = 4404
const NOT_OFFERED = 4409
const TOO_MANY = 4429
const FOR_GOOD = new Set([UNREADABLE, NO_SESSION, REMOVED, NO_SUCH_ROOM, NOT_OFFERED])

export class Link {
  state: LinkState = 'connecting'
  /** Why it ended for good: a close code of the protocol. */
  ended: { code: number } | null = null

  #transport: Transport | null = null
  #greeted = false
  #watch: Cancel | null = null
  #retry: Cancel | null = null
  #mayHurry = true
  #attempts = 0
  #liveSince: number | null = null
  #lostAt: number

  constructor(
    private readonly open: OpenTransport,
    private readonly owner: LinkOwner,
    private readonly timers: Timers,
    private readonly random: () => number,
  ) {
    this.#lostAt = timers.now()
  }

  connect(): void {
    this.#stopWaiting()
    this.#greeted = false
    this.#expectFrameWithin(CONNECT_WITHIN)
    this.owner.begin()
    const transport = this.open(this.owner.resume, {
      heard: (frame) => this.#transport === transport && this.#heard(frame),
      answered: (frame) => this.#transport === transport && this.owner.heard(frame),
      gone: (code) => this.#transport === transport && this.#lost(code, null),
      patience: () => this.#transport === transport && this.#expectFrameWithin(CONNECT_WITHIN),
      resume: () => this.owner.resume,
    })
    this.#transport = transport
  }

  /** The network, the page or the person came back: try at once, or find out whether it still works. */
  wake(): void {
    if (this.#retry && this.#mayHurry) this.connect()
    else if (this.#greeted) {
      this.#transport!.prove(Math.round(this.timers.now()))
      this.#expectFrameWithin(CONNECT_WITHIN)
    }
  }

  /** Only once the server has said hello; the owner keeps what must not be lost. */
  send(message: ClientMessage): boolean {
    if (this.#greeted) this.#transport!.send(message)
    return this.#greeted
  }

  /** Starts again from nothing, for a browser that has become another member. */
  restart(): void {
    this.#close()
    this.connect()
  }

  stop(): void {
    this.#close()
    this.#stopWaiting()
  }

  #heard(frame: ServerMessage[]): void {
    const transport = this.#transport
    const isHello = frame.some(({ type }) => type === 'hello')
    // Another hello: a better way has taken over from the one before.
    if (this.#greeted && isHello) this.owner.begin()
    if (this.#greeted || isHello) {
      this.#greeted = true
      this.#expectFrameWithin(SILENCE)
    }
    this.owner.heard(frame)
    for (const message of frame) {
      if (this.#transport !== transport) return
      if (message.type === 'at') this.#caughtUp()
      if (message.type === 'bye') this.#lost(message.code, message.retry_ms)
    }
  }

  #caughtUp(): void {
    this.#liveSince ??= this.timers.now()
    this.#become('live')
  }

  #lost(code: number, retryMs: number | null): void {
    const wasLive = this.state === 'live'
    this.#close()
    if (FOR_GOOD.has(code)) {
      this.ended = { code }
      return this.#become('ended')
    }
    this.#mayHurry = retryMs === null && code !== TOO_MANY
    const wait = retryMs ?? (code === TOO_MANY ? LONGEST : this.#backOff())
    this.#retry = this.timers.after(wait, () => this.connect())
    this.#become(wasLive ? 'connecting' : 'offline')
  }

  #close(): void {
    const now = this.timers.now()
    if (this.#liveSince !== null && now - this.#liveSince >= LASTED) {
      this.#attempts = 0
      this.#lostAt = now
    }
    this.#liveSince = null
    this.#greeted = false
    this.#watch?.()
    this.#watch = null
    this.#transport?.close()
    this.#transport = null
  }

  /** Full jitter: after a restart three hundred browsers do not come back in the same instant. */
  #backOff(): number {
    const longest = this.timers.now() - this.#lostAt < AT_FIRST ? LONGEST_AT_FIRST : LONGEST
    return this.random() * Math.min(longest, FIRST_BACK_OFF * 2 ** this.#attempts++)
  }

  /** Hidden tabs and sleeping computers run timers late, ahead of frames that wait: those judge nobody. */
  #expectFrameWithin(ms: number): void {
    this.#watch?.()
    const due = this.timers.now() + ms
    this.#watch = this.timers.after(ms, () => {
      if (this.timers.now() - due >= LATE) this.#expectFrameWithin(CONNECT_WITHIN)
      else this.#lost(LOST, null)
    })
  }

  #stopWaiting(): void {
    this.#retry?.()
    this.#retry = null
  }

  #become(state: LinkState): void {
    if (this.state === state) return
    this.state = state
    this.owner.stateChanged()
  }
}
