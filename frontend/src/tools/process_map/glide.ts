/**
 * How others' moves are seen: a step glides after the hand that holds it, and to where it came to rest. Each frame
 * moves elements that are there already; no state of the page changes for it.
 */

import type { Id } from '../../wire/types'
import type { Point } from './geometry'

/** The way left shrinks to a third in this time. */
const EASE_MS = 90
/** A hand has let go, and the row is not here yet: so long the step stays where it was last seen. */
const GRACE_MS = 700
const NEAR = 0.5

interface Moving {
  at: Point
  /** The hand; null once it has let go. */
  hand: Point | null
  /** Where it stood when the hand took it, and until when that is waited for to change. */
  before: Point
  until: number
}

export interface Clock {
  now(): number
  frame(draw: (now: number) => void): number
  cancel(frame: number): void
}

const BROWSER: Clock = {
  now: () => performance.now(),
  frame: (draw) => requestAnimationFrame(draw),
  cancel: (frame) => cancelAnimationFrame(frame),
}

export class Glide {
  #rest: ReadonlyMap<Id, Point> = new Map()
  #moving = new Map<Id, Moving>()
  #frame: number | null = null
  #last = 0

  /** `show` moves what is drawn of steps to where they are now; what rests again is not named. */
  constructor(
    private readonly show: (at: ReadonlyMap<Id, Point>) => void,
    private readonly isCalm: () => boolean,
    private readonly clock: Clock = BROWSER,
  ) {}

  /** Where steps stand by the room's rows. What I move myself is there already. */
  rests(rest: ReadonlyMap<Id, Point>, mine: ReadonlySet<Id>): void {
    for (const [id, { x, y }] of rest) {
      const was = this.#rest.get(id)
      if (!was || (was.x === x && was.y === y) || mine.has(id) || this.#moving.has(id)) continue
      this.#moving.set(id, { at: was, hand: null, before: was, until: 0 })
    }
    for (const id of this.#moving.keys()) if (!rest.has(id) || mine.has(id)) this.#moving.delete(id)
    this.#rest = rest
    // What has just been drawn stands at its new place already: it is put back before anybody sees it.
    const now = this.clock.now()
    if (this.#frame === null) this.#last = now
    this.#draw(now)
  }

  /** Which steps are in others' hands, and where. */
  holds(hands: ReadonlyMap<Id, Point>): void {
    for (const [id, hand] of hands) {
      const rest = this.#rest.get(id)
      if (!rest) continue
      const moving = this.#moving.get(id)
      if (moving) moving.hand = hand
      else this.#moving.set(id, { at: rest, hand, before: rest, until: 0 })
    }
    for (const [id, moving] of this.#moving) {
      if (moving.hand === null || hands.has(id)) continue
      moving.hand = null
      moving.until = this.clock.now() + GRACE_MS
    }
    this.#wake()
  }

  stop(): void {
    if (this.#frame !== null) this.clock.cancel(this.#frame)
    this.#frame = null
  }

  #wake(): void {
    if (this.#frame !== null || this.#moving.size === 0) return
    this.#last = this.clock.now()
    this.#frame = this.clock.frame((now) => {
      this.#frame = null
      this.#draw(now)
    })
  }

  #draw(now: number): void {
    const left = this.isCalm() ? 0 : Math.exp(-Math.max(0, now - this.#last) / EASE_MS)
    this.#last = now
    const shown = new Map<Id, Point>()
    for (const [id, moving] of this.#moving) {
      const goal = this.#goal(id, moving, now)
      moving.at = { x: goal.x + (moving.at.x - goal.x) * left, y: goal.y + (moving.at.y - goal.y) * left }
      const isThere = Math.hypot(goal.x - moving.at.x, goal.y - moving.at.y) < NEAR
      if (isThere && moving.hand === null && goal === this.#rest.get(id)) this.#moving.delete(id)
      else shown.set(id, moving.at)
    }
    this.show(shown)
    this.#wake()
  }

  #goal(id: Id, { at, hand, before, until }: Moving, now: number): Point {
    if (hand) return hand
    const rest = this.#rest.get(id)!
    const isStill = rest.x === before.x && rest.y === before.y
    return isStill && now < until ? at : rest
  }
}
