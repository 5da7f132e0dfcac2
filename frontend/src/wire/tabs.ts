/** Tabs of one browser share few connections over HTTP/1.1: one of them reads a room, and tells the others of news. */

import { newId } from './ids'
import type { ResumePoint } from './replica'
import type { Cancel, Timers } from './timers'
import type { Id } from './types'

/** A browser opens six to one server, and commands need some of them. */
export const MOST_READERS = 3
/** So long a tab waits for others to say that they read. */
const ANSWER_WITHIN = 150
/** A reader tells of each frame, and hears one at least every 15 s. */
const FRESH = 25_000

/** Reader: holds a call open. Listener: another does, and tells. Brief: enough others do, for other rooms. */
export type Part = 'reader' | 'listener' | 'brief'

export interface Word {
  room: Id
  by: Id
  says: 'asks' | 'reads' | 'over'
  /** How far its reader has come: never what was said, which each tab asks of the server itself. */
  point?: string | null
}

/** As a BroadcastChannel, which also plain http has; Web Locks and service workers are for https alone. */
export interface Channel {
  postMessage(word: Word): void
  onmessage: ((event: { data: Word }) => void) | null
}

export interface Reading {
  tell(point: ResumePoint | null): void
  end(): void
}

export class Tabs {
  #me = newId()
  #known = new Map<Id, { room: Id; at: number; point: string | null }>()
  #mine: { room: Id; point: string | null; stepDown: () => void } | null = null
  #listening = new Set<(word: Word) => void>()

  constructor(
    private readonly channel: Channel | null,
    private readonly timers: Timers,
  ) {
    if (channel) channel.onmessage = ({ data }) => this.#heard(data)
  }

  /** What this tab is to be for a room, after the others had time to answer. */
  async part(room: Id): Promise<Part> {
    if (this.channel) {
      this.#say('asks', room)
      await new Promise<void>((resolve) => this.timers.after(ANSWER_WITHIN, resolve))
    }
    return this.partNow(room)
  }

  partNow(room: Id): Part {
    const rooms = this.#readers().map((reader) => reader.room)
    if (rooms.includes(room)) return 'listener'
    return rooms.length < MOST_READERS ? 'reader' : 'brief'
  }

  /** How far a reader of this room has come, as it last said. */
  point(room: Id): string | null {
    return this.#readers().find((reader) => reader.room === room)?.point ?? null
  }

  /** From now on this tab reads; where two do, the one whose id is less goes on. */
  read(room: Id, stepDown: () => void): Reading {
    const mine = (this.#mine = { room, point: null as string | null, stepDown })
    this.#say('reads', room)
    return {
      tell: (point) => {
        mine.point = pointOf(point)
        if (this.#mine === mine) this.#say('reads', room)
      },
      end: () => {
        if (this.#mine !== mine) return
        this.#mine = null
        this.#say('over', room)
      },
    }
  }

  /** This page is put aside: another is to read. When it is shown again it says so with its first frame. */
  rest(): void {
    if (this.#mine) this.#say('over', this.#mine.room)
  }

  listen(room: Id, heard: (word: Word) => void): Cancel {
    const about = (word: Word) => word.room === room && heard(word)
    this.#listening.add(about)
    return () => this.#listening.delete(about)
  }

  #heard(word: Word): void {
    if (word.says === 'asks') return this.#mine ? this.#say('reads', this.#mine.room) : undefined
    if (word.says === 'over') this.#known.delete(word.by)
    else this.#known.set(word.by, { room: word.room, at: this.timers.now(), point: word.point ?? null })
    this.#listening.forEach((heard) => heard(word))
    if (word.says === 'reads' && this.#mine?.room === word.room) this.#agree(word.by, this.#mine)
  }

  #agree(other: Id, { room, stepDown }: { room: Id; stepDown: () => void }): void {
    if (this.#me < other) return this.#say('reads', room)
    this.#mine = null
    this.#say('over', room)
    stepDown()
  }

  #readers() {
    const now = this.timers.now()
    return [...this.#known.values()].filter(({ at }) => now - at < FRESH)
  }

  #say(says: Word['says'], room: Id): void {
    this.channel?.postMessage({ room, by: this.#me, says, point: this.#mine?.point ?? null })
  }
}

export function pointOf(point: ResumePoint | null): string | null {
  return point && `${point.epoch}.${point.seq}`
}

let ofBrowser: Tabs | undefined

/** One for this whole tab, whatever rooms are opened in it. */
export function browserTabs(timers: Timers): Tabs {
  if (ofBrowser) return ofBrowser
  const tabs = (ofBrowser = new Tabs(openChannel(), timers))
  const rest = () => tabs.rest()
  addEventListener('pagehide', rest)
  document.addEventListener('freeze', rest)
  return tabs
}

/** Where a browser has none, each tab reads for itself. */
function openChannel(): Channel | null {
  try {
    return new BroadcastChannel('bigroom') as unknown as Channel
  } catch {
    return null
  }
}
