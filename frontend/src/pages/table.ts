/** The round table from above, and the hour round it: sixty minutes are 360 degrees. */

const CENTRE = 320
const GAP = 0.8
const MINUTES = [2, 1, 1, 7, 6, 9, 10, 16, 3, 3, 2]
const NOW_ITEM = 8
const NOW_MINUTE = 42
/** The end of the hour is kept: reading back, who does what, the score. */
const FIRST_KEPT = 9
/** Shorter items have no room for their number. */
const LEAST_WITH_NUMBER = 3

interface Point {
  x: number
  y: number
}

export interface Item {
  number: number
  path: string
  state: 'done' | 'now' | 'kept'
  label: Point | null
}

export interface Seat {
  chair: Point
  label: Point
  anchor: 'start' | 'middle' | 'end'
}

export function items(): Item[] {
  let minute = 0
  return MINUTES.map((minutes, index) => {
    const from = minute
    minute += minutes
    const number = index + 1
    return {
      number,
      path: segment(from * 6 + GAP, minute * 6 - GAP),
      state: number === NOW_ITEM ? 'now' : number >= FIRST_KEPT ? 'kept' : 'done',
      label: minutes < LEAST_WITH_NUMBER ? null : lowered(at((from + minutes / 2) * 6, 173), 7),
    }
  })
}

/** What has gone of the item that is on. */
export function lampArc(): string {
  return arc(at(minuteOf(NOW_ITEM) * 6 + 2.5, 159), at(NOW_MINUTE * 6, 159), 159, 1)
}

export function ticks(): { from: Point; to: Point }[] {
  return Array.from({ length: 60 }, (_, minute) => ({
    from: at(minute * 6, 138),
    to: at(minute * 6, minute % 5 === 0 ? 128 : 134),
  }))
}

export function seats(count: number): Seat[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = ((index + 0.5) * 360) / count
    const { x, y } = at(angle, 258)
    const isAtPole = Math.abs(x - CENTRE) < 60
    const anchor = isAtPole ? 'middle' : x > CENTRE ? 'start' : 'end'
    const nudge = isAtPole ? (y < CENTRE ? -2 : 16) : 6
    return { chair: at(angle, 232), label: lowered({ x, y }, nudge), anchor }
  })
}

function minuteOf(item: number): number {
  return MINUTES.slice(0, item - 1).reduce((sum, minutes) => sum + minutes, 0)
}

function at(degrees: number, radius: number): Point {
  const angle = (degrees * Math.PI) / 180
  return { x: round(CENTRE + radius * Math.sin(angle)), y: round(CENTRE - radius * Math.cos(angle)) }
}

function segment(from: number, to: number): string {
  const [outer, inner] = [196, 150]
  return `${arc(at(from, outer), at(to, outer), outer, 1)}${arc(at(to, inner), at(from, inner), inner, 0, 'L')}Z`
}

function arc(from: Point, to: Point, radius: number, sweep: 0 | 1, start = 'M'): string {
  return `${start}${from.x} ${from.y}A${radius} ${radius} 0 0 ${sweep} ${to.x} ${to.y}`
}

function lowered({ x, y }: Point, by: number): Point {
  return { x, y: y + by }
}

function round(length: number): number {
  return Math.round(length * 10) / 10
}
