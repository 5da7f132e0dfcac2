/** Who is here and what they work on: the latest only, never stored. */

import type { Cancel, Timers } from '../wire/timers'
import type { Here, Id, Presence } from '../wire/types'

/** At most about three of mine a second; while I move something that others see move, ten. */
const APART = 350
const APART_MOVING = 100

export class People {
  here: ReadonlyMap<Id, Presence> = new Map()
  #everybody = true
  #mine: Presence | null = null
  #resting: Cancel | null = null
  #due = false

  constructor(
    private readonly timers: Timers,
    private readonly send: (mine: Presence) => void,
  ) {}

  /** The first message of a connection names everybody; until it comes, those seen last stay. */
  connected(): void {
    this.#everybody = true
  }

  /** Says where I am, to a server that has just caught me up. */
  live(): void {
    if (this.#mine) this.#say()
  }

  heard({ members }: Here): void {
    const here = new Map(this.#everybody ? [] : this.here)
    this.#everybody = false
    for (const [id, presence] of Object.entries(members)) {
      if (presence) here.set(id, presence)
      else here.delete(id)
    }
    this.here = here
  }

  setPlace(view: string, editing: Id | null, cursor: Presence['cursor'] = null): void {
    const mine = { view, cursor, editing }
    if (JSON.stringify(mine) === JSON.stringify(this.#mine)) return
    this.#mine = mine
    this.#say()
  }

  stop(): void {
    this.#resting?.()
  }

  #say(): void {
    this.#due = this.#resting !== null
    if (this.#due) return
    const mine = this.#mine!
    this.send(mine)
    this.#resting = this.timers.after(mine.cursor ? APART_MOVING : APART, () => {
      this.#resting = null
      if (this.#due) this.#say()
    })
  }
}
