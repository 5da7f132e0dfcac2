/** How the lines between steps run: along and across only, round what stands in the way, with a free place for words. */

import type { Id, MapEdge } from '../../wire/types'
import { type Box, centre, type Frame, NAMES, onDiamond, overlap, PITCH, type Point } from './geometry'
import { boxOf, distance, halfway, lengthOf } from './paths'

export interface Route {
  points: readonly Point[]
  /** The middle of what is written on it. */
  label: Point | null
}

export type Line = Pick<MapEdge, 'id' | 'from_id' | 'to_id'> & {
  /** The space that its words take; null where there are none. */
  label: { width: number; height: number } | null
}

type Side = 'left' | 'right' | 'top' | 'bottom'

const OUT: Record<Side, Point> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
}
/** Out of one side, into another; the ones that read best first. */
const PAIRS: readonly [Side, Side][] = [
  ['right', 'left'],
  ['bottom', 'top'],
  ['top', 'bottom'],
  ['bottom', 'left'],
  ['top', 'left'],
  ['right', 'top'],
  ['right', 'bottom'],
  ['bottom', 'bottom'],
  ['top', 'top'],
  ['left', 'right'],
  ['left', 'top'],
  ['left', 'bottom'],
  ['bottom', 'right'],
  ['top', 'right'],
]
/** Straight out of a side before the first turn, and into one before the arrow. */
const STUB = 10
/** What a turn, a wrong side and a crossing are worth, in pixels of a detour. */
const TURN = 30
const UNUSUAL = 16
const AGAINST = 70
const SHARED = 160
const THROUGH = 3_000
const TOUCH = 3

let last: { told: string; routes: ReadonlyMap<Id, Route> } | undefined

/** All lines of a map; found anew only when something has moved. */
export function routesOf(lines: readonly Line[], frame: Frame): ReadonlyMap<Id, Route> {
  const told = JSON.stringify([lines, [...frame.boxes], [...frame.diamonds], frame.lanes])
  if (last?.told !== told) last = { told, routes: allRoutes(lines, frame) }
  return last.routes
}

/** Short ones come first: they have the least choice. */
function allRoutes(lines: readonly Line[], frame: Frame): Map<Id, Route> {
  const routes = new Map<Id, Route>()
  const drawn = new Drawn(frame)
  const length = ({ from_id, to_id }: Line) => {
    const [from, to] = [frame.boxes.get(from_id), frame.boxes.get(to_id)]
    return from && to ? distance(centre(from), centre(to)) : 0
  }
  const inOrder = lines
    .map((line) => ({ line, length: length(line) }))
    .sort((a, b) => a.length - b.length || (a.line.id < b.line.id ? -1 : 1))
  for (const { line } of inOrder) {
    const points = drawn.route(line)
    if (points) routes.set(line.id, { points, label: null })
  }
  for (const { line } of inOrder) {
    const route = routes.get(line.id)
    if (route && line.label) route.label = drawn.place(route.points, line.label)
  }
  return routes
}

/** One line by itself, quick enough to be drawn anew while a step is dragged. */
export function routeOf(line: Line, frame: Frame): Route | undefined {
  const drawn = new Drawn(frame)
  const points = drawn.route(line)
  return points && { points, label: line.label && drawn.place(points, line.label) }
}

/** What is drawn already, so that the next line keeps clear of it. */
class Drawn {
  readonly #near = new Map<number, [Id, Box][]>()
  readonly #lanes: readonly number[]
  /** By the coordinate that all points of a piece share. */
  readonly #across = new Map<number, Piece[]>()
  readonly #along = new Map<number, Piece[]>()
  readonly #used = new Map<string, 'in' | 'out'>()
  readonly #labels: Box[] = []

  constructor(private readonly frame: Frame) {
    for (const entry of frame.boxes) {
      const [first, last] = columnsOf(entry[1])
      for (let column = first; column <= last; column += 1) {
        const there = this.#near.get(column)
        if (there) there.push(entry)
        else this.#near.set(column, [entry])
      }
    }
    this.#lanes = frame.lanes.slice(1).map(({ top }) => top - 2)
  }

  route(line: Line): readonly Point[] | undefined {
    const from = this.frame.boxes.get(line.from_id)
    const to = this.frame.boxes.get(line.to_id)
    if (!from || !to || line.from_id === line.to_id) return undefined
    let best: Way | undefined
    let least = Infinity
    const pairs = PAIRS.map((sides) => this.#gates(line, from, to, sides)).sort((a, b) => a.least - b.least)
    for (const isWide of [false, true]) {
      for (const gates of pairs) {
        if (gates.least >= least) break
        for (const way of this.#ways(from, to, gates, isWide)) {
          if (way.price >= least) break
          const price = way.price + this.#inTheWay(way.points, line, least - way.price)
          if (price < least) [best, least] = [way, price]
        }
      }
      // Few ways are looked at where one of them is clear.
      if (best && least - best.price <= SHARED) break
    }
    if (!best) return undefined
    this.#keep(best.points, line)
    this.#used.set(`${line.from_id} ${best.out}`, 'out')
    this.#used.set(`${line.to_id} ${best.into}`, 'in')
    return best.points
  }

  /** Where words stand on no step, no other words and no foreign line; near where the line begins. */
  place(points: readonly Point[], { width, height }: { width: number; height: number }): Point {
    let best = halfway(points)
    let least = Infinity
    for (const [at, point] of spotsFor(points, width, height).entries()) {
      const box = { x: point.x - width / 2, y: point.y - height / 2, width, height }
      const price = at + 100 * this.#covered(box)
      if (price < least) [best, least] = [point, price]
      if (least < 100) break
    }
    this.#labels.push({ x: best.x - width / 2, y: best.y - height / 2, width, height })
    return { x: Math.round(best.x), y: Math.round(best.y) }
  }

  #gates(line: Line, from: Box, to: Box, [out, into]: readonly [Side, Side]): Gates {
    const [start, end] = [portOf(from, out), portOf(to, into)]
    const price = this.#price(line, from, to, out, into)
    return {
      out,
      into,
      start,
      end,
      price,
      least: price + Math.abs(start.x - end.x) + Math.abs(start.y - end.y),
    }
  }

  /** From one side to another, the best first. */
  #ways(from: Box, to: Box, { out, into, start, end, price }: Gates, isWide: boolean): Way[] {
    const [a, b] = [moved(start, OUT[out], STUB), moved(end, OUT[into], STUB)]
    const xs = [a.x, b.x, Math.round((a.x + b.x) / 2)]
    const ys = [a.y, b.y, Math.round((a.y + b.y) / 2)]
    if (isWide) {
      ys.push(...this.#lanes)
      ys.push(from.y - STUB, from.y + from.height + STUB, to.y - STUB, to.y + to.height + STUB)
    }
    const middles = [
      ...[...new Set(xs)].map((x) => [
        { x, y: a.y },
        { x, y: b.y },
      ]),
      ...[...new Set(ys)].map((y) => [
        { x: a.x, y },
        { x: b.x, y },
      ]),
    ]
    return middles
      .flatMap((middle) => {
        const points = straightened([start, a, ...middle, b, end])
        if (!points) return []
        return [{ points, out, into, price: price + lengthOf(points) + TURN * (points.length - 2) }]
      })
      .sort((one, other) => one.price - other.price)
  }

  #price(line: Line, from: Box, to: Box, out: Side, into: Side): number {
    let price = 0
    // A pathway is read from left to right.
    if (out !== 'right') price += UNUSUAL
    if (into !== 'left') price += UNUSUAL
    if (out === 'left') price += AGAINST
    if (into === 'right') price += AGAINST
    // A U-turn over or under a row is for ways back.
    if (out === into && to.x > from.x) price += AGAINST
    if (this.#used.get(`${line.from_id} ${out}`) === 'in') price += SHARED
    if (this.#used.get(`${line.to_id} ${into}`) === 'out') price += SHARED
    // Ways out of one step part at once, so that each can be followed.
    if (this.#used.get(`${line.from_id} ${out}`) === 'out') price += SHARED / 2
    return price
  }

  /** No more is looked at once it is worse than `most`. */
  #inTheWay(points: readonly Point[], line: Line, most: number): number {
    let price = 0
    for (let at = 1; at < points.length && price < most; at += 1) {
      const [a, b] = [points[at - 1]!, points[at]!]
      const piece = boxOf(a, b)
      if (piece.x < NAMES || piece.y < 0 || piece.y + piece.height > this.frame.height) price += THROUGH / 10
      price += this.#alongOthers(a, b, line)
      price += THROUGH * this.#throughSteps(piece, line)
    }
    return price
  }

  #throughSteps(piece: Box, { from_id, to_id }: Line): number {
    const [first, last] = columnsOf(piece)
    let count = 0
    for (let column = first; column <= last; column += 1) {
      for (const [id, box] of this.#near.get(column) ?? []) {
        const isOwn = id === from_id || id === to_id
        if (overlap(piece, box, isOwn ? -1 : TOUCH)) count += 1
      }
    }
    return count
  }

  #alongOthers(a: Point, b: Point, line: Line): number {
    const isAcross = a.y === b.y
    const others = isAcross ? this.#across.get(a.y) : this.#along.get(a.x)
    const [low, high] = isAcross
      ? [Math.min(a.x, b.x), Math.max(a.x, b.x)]
      : [Math.min(a.y, b.y), Math.max(a.y, b.y)]
    let price = 0
    for (const other of others ?? []) {
      const shared = Math.min(high, other.high) - Math.max(low, other.low)
      const isKin = other.from === line.from_id || other.to === line.to_id
      if (shared > 0 && !isKin) price += SHARED + 2 * shared
    }
    return price
  }

  #keep(points: readonly Point[], line: Line): void {
    for (let at = 1; at < points.length; at += 1) {
      const [a, b] = [points[at - 1]!, points[at]!]
      const isAcross = a.y === b.y
      const [low, high] = isAcross
        ? [Math.min(a.x, b.x), Math.max(a.x, b.x)]
        : [Math.min(a.y, b.y), Math.max(a.y, b.y)]
      const pieces = isAcross ? this.#across : this.#along
      const place = isAcross ? a.y : a.x
      const piece = { low, high, from: line.from_id, to: line.to_id }
      pieces.set(place, [...(pieces.get(place) ?? []), piece])
    }
  }

  #covered(box: Box): number {
    const isOff = box.x < NAMES || box.y < -STUB || box.y + box.height > this.frame.height + STUB
    let count = isOff ? 2 : 0
    for (const [id, other] of this.frame.boxes) {
      const isOn = this.frame.diamonds.has(id) ? onDiamond(other, box) : overlap(box, other, 1)
      if (isOn) count += 2
    }
    for (const other of this.#labels) if (overlap(box, other, 1)) count += 2
    for (const [y, pieces] of this.#across) {
      if (y <= box.y || y >= box.y + box.height) continue
      for (const { low, high } of pieces) if (low < box.x + box.width && box.x < high) count += 1
    }
    for (const [x, pieces] of this.#along) {
      if (x <= box.x || x >= box.x + box.width) continue
      for (const { low, high } of pieces) if (low < box.y + box.height && box.y < high) count += 1
    }
    return count
  }
}

interface Gates {
  out: Side
  into: Side
  start: Point
  end: Point
  /** Of these sides, whatever is between. */
  price: number
  /** No way from one to the other costs less. */
  least: number
}

interface Way {
  points: Point[]
  out: Side
  into: Side
  price: number
}

interface Piece {
  low: number
  high: number
  from: Id
  to: Id
}

/** Beside each piece of the line, near its beginning first; then further off, as between a diamond and a box. */
function spotsFor(points: readonly Point[], width: number, height: number): Point[] {
  const spots: Point[] = []
  for (const off of [3, 16, 38, 56]) {
    for (let at = 1; at < points.length; at += 1) {
      const [a, b] = [points[at - 1]!, points[at]!]
      const far = distance(a, b)
      const isAcross = a.y === b.y
      const near = isAcross ? width / 2 + 4 : height / 2 + 6
      for (const along of [near, far / 2, far - near, far - width / 2 - 2]) {
        const on = { ...a }
        if (isAcross) on.x += Math.sign(b.x - a.x) * along
        else on.y += Math.sign(b.y - a.y) * along
        const aside = isAcross ? { x: 0, y: height / 2 + off } : { x: width / 2 + off + 4, y: 0 }
        spots.push({ x: on.x + aside.x, y: on.y - aside.y }, { x: on.x - aside.x, y: on.y + aside.y })
      }
    }
  }
  return spots
}

/** The map in upright strips, so that only what is near is looked at. */
function columnsOf({ x, width }: Box): [number, number] {
  return [Math.floor((x - TOUCH) / PITCH), Math.floor((x + width + TOUCH) / PITCH)]
}

function portOf({ x, y, width, height }: Box, side: Side): Point {
  const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
  if (side === 'left') return { x, y: middle.y }
  if (side === 'right') return { x: x + width, y: middle.y }
  return side === 'top' ? { x: middle.x, y } : { x: middle.x, y: y + height }
}

/** Without corners that are none; undefined where it would turn back on itself or run aslant. */
function straightened(points: readonly Point[]): Point[] | undefined {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last && last.x === point.x && last.y === point.y) continue
    if (last && last.x !== point.x && last.y !== point.y) return undefined
    const before = kept.at(-2)
    if (before && last) {
      const was = { x: Math.sign(last.x - before.x), y: Math.sign(last.y - before.y) }
      const is = { x: Math.sign(point.x - last.x), y: Math.sign(point.y - last.y) }
      if (was.x === -is.x && was.y === -is.y) return undefined
      if (was.x === is.x && was.y === is.y) kept.pop()
    }
    kept.push(point)
  }
  return kept.length > 1 ? kept : undefined
}

function moved({ x, y }: Point, by: Point, far: number): Point {
  return { x: x + by.x * far, y: y + by.y * far }
}
