/** The ways to a room when no WebSocket comes through: a stream, or asking again and again; shared between tabs. */

import { Http } from './http'
import { BESIDE, WAY, type Ways } from './network'
import { AT_ONCE, openPoll, type Pace } from './poll'
import type { Race } from './race'
import type { ResumePoint } from './replica'
import { openStream } from './stream'
import { browserTabs, type Part, pointOf, type Tabs } from './tabs'
import type { OpenTransport } from './transport'
import type { Id } from './types'

const HELLO_WITHIN = 5_000
const SOCKET_AGAIN = 5 * 60_000
/** A tab that listens asks also when it is told nothing. */
const LISTENER_ASKS = 10_000
/** Where presence alone has changed, or nobody can tell of news. */
const BRIEF_ASKS = 3_000

type Way = 'stream' | 'poll'

export class Others {
  #seen = new WeakSet<Race>()
  #socketAt = 0

  constructor(
    private readonly roomId: Id,
    private readonly ways: Ways,
    private readonly http = new Http(roomId),
    private readonly tabs: Tabs = browserTabs(ways.timers),
    private readonly onOnline: (back: () => void) => () => void = listenOnline,
  ) {}

  /** Come back when somebody has entered, or nobody will. A socket that failed is no reason where nothing answers. */
  async enter(race: Race, socketFailed: boolean): Promise<void> {
    if (this.#seen.has(race)) return
    this.#seen.add(race)
    const over = new AbortController()
    race.untilOver(() => over.abort())
    if (socketFailed && !(await this.http.answers(over.signal))) return
    const part = await this.tabs.part(this.roomId)
    if (!race.isOver && !race.hasWinner) this.#begin(race, part)
  }

  #begin(race: Race, part: Part): void {
    if (part !== 'reader') this.#listen(race)
    else if (this.#way === 'poll') this.#poll(race)
    else this.#stream(race)
  }

  /** A stream of which not a byte comes is joined by a poll; one without hello makes way for it. */
  #stream(race: Race): void {
    const { timers } = this.ways
    let polls = false
    const pollToo = () => {
      if (!polls) this.#poll(race)
      polls = true
    }
    const noByte = race.untilKept(timers.after(BESIDE, pollToo))
    const signs = { firstByte: noByte, heldBack: () => this.#remember('poll') }
    const stop = race.enter(this.#aloud(race, openStream(this.http, timers, signs)), {
      kept: () => this.#kept(race, 'stream'),
      failed: pollToo,
    })
    race.untilKept(timers.after(HELLO_WITHIN, stop))
    // Last, so that a stream that is given up hands on before the link gives up everything.
    race.listener.patience()
  }

  #poll(race: Race): void {
    race.listener.patience()
    const open = openPoll(this.http, this.ways.timers, AT_ONCE)
    race.enter(this.#aloud(race, open), { kept: () => this.#kept(race, 'poll') })
  }

  #listen(race: Race): void {
    race.listener.patience()
    race.enter(openPoll(this.http, this.ways.timers, this.#whenTold(race)), {
      kept: () => this.#kept(race, this.#way ?? 'stream'),
    })
  }

  #kept(race: Race, way: Way): void {
    this.#remember(way)
    const now = this.ways.timers.now()
    if (this.#socketAt <= now) this.#socketAt = now + SOCKET_AGAIN
    this.#socketLater(race)
  }

  /** Beside what works, which stays until the socket says hello. */
  #socketLater(race: Race): void {
    const { timers, socket } = this.ways
    const wait = timers.after(this.#socketAt - timers.now(), () => tryIt())
    const stopListening = this.onOnline(() => tryIt())
    race.untilKept(wait)
    race.untilKept(stopListening)
    race.untilOver(() => (wait(), stopListening()))
    const tryIt = () => {
      wait()
      stopListening()
      this.#socketAt = timers.now() + SOCKET_AGAIN
      const stop = race.enter(socket, {
        kept: () => this.#remember(null),
        failed: () => this.#socketLater(race),
      })
      race.untilKept(timers.after(HELLO_WITHIN, stop))
    }
  }

  /** Other tabs hear how far this one has come. */
  #aloud(race: Race, open: OpenTransport): OpenTransport {
    return (resume, listener) => {
      const reading = this.tabs.read(this.roomId, () => race.isOver || this.#listen(race))
      const transport = open(resume, {
        ...listener,
        heard: (frame) => {
          listener.heard(frame)
          reading.tell(listener.resume())
        },
      })
      return {
        send: (message) => transport.send(message),
        prove: (t) => transport.prove(t),
        close() {
          reading.end()
          transport.close()
        },
      }
    }
  }

  #whenTold(race: Race): Pace {
    let lookedFor: string | null = null
    return {
      seconds: 0,
      next: async (known, hurry) => {
        lookedFor = await this.#untilTold(known, lookedFor, hurry)
        if (!race.isOver && this.tabs.partNow(this.roomId) === 'reader') await this.#takeOver(race)
      },
    }
  }

  /** The reader has left: one of those who listen reads on, beside what it has until that says hello. */
  async #takeOver(race: Race): Promise<void> {
    if ((await this.tabs.part(this.roomId)) === 'reader' && !race.isOver) this.#begin(race, 'reader')
  }

  /** Until a reader has come further than I have, or for a while; gives the point that it had then. */
  #untilTold(
    known: ResumePoint | null,
    lookedFor: string | null,
    hurry: AbortSignal,
  ): Promise<string | null> {
    const { tabs, roomId } = this
    const { timers } = this.ways
    const began = timers.now()
    return new Promise((resolve) => {
      const isNews = () => {
        const point = tabs.point(roomId)
        return point !== null && point !== lookedFor && point !== pointOf(known)
      }
      const done = () => {
        stop()
        wait()
        resolve(tabs.point(roomId))
      }
      const stop = tabs.listen(roomId, ({ says }) => {
        if (says === 'over' || isNews()) done()
        else if (timers.now() - began >= BRIEF_ASKS) done()
      })
      const brief = tabs.partNow(roomId) === 'brief'
      const wait = timers.after(brief ? BRIEF_ASKS : LISTENER_ASKS, done)
      hurry.addEventListener('abort', done)
      if (hurry.aborted || isNews()) done()
    })
  }

  get #way(): Way | null {
    return this.ways.storage?.getItem(WAY) as Way | null
  }

  #remember(way: Way | null): void {
    try {
      if (way) this.ways.storage?.setItem(WAY, way)
      else this.ways.storage?.removeItem(WAY)
    } catch {
      // Full: it is found out again after a reload.
    }
  }
}

function listenOnline(back: () => void): () => void {
  addEventListener('online', back)
  return () => removeEventListener('online', back)
}
