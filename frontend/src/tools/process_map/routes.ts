/** How the lines between steps run: along and across only, round what stands in the way, with a free place for words. */

import { compare } from '../../wire/rank'
import type { Id, MapEdge } from '../../wire/types'
import { type Box, centre, type Frame, LANE, NAMES, PITCH, type Point } from './geometry'
import { boxOf, distance, lengthOf } from './paths'
import { Placing } from './placing'
import { Standing } from './standing'
import { apart } from './tracks'

export interface Route {
  points: readonly Point[]
  /** The middle of what is written on it. */
  label: Point | null
}

export type Line = Pick<MapEdge, 'id' | 'from_id' | 'to_id' | 'created_at'> & {
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

let last: { told: string; routes: ReadonlyMap<Id, Route> } | undefined

/** All lines of a map; found anew only when something has moved. */
export function routesOf(lines: readonly Line[], frame: Frame): ReadonlyMap<Id, Route> {
  const told = JSON.stringify([lines, [...frame.boxes], [...frame.diamonds], frame.lanes])
  if (last?.told !== told) last = { told, routes: allRoutes(lines, frame) }
  return last.routes
}

function allRoutes(lines: readonly Line[], frame: Frame): Map<Id, Route> {
  const standing = new Standing(frame)
  const byAge = [...lines].sort((a, b) => compare(a.created_at, b.created_at) || compare(a.id, b.id))
  const ways = new Ways(frame, standing)
  const found = apart(alone(byAge, frame, ways), byAge, frame, standing, (line, price) =>
    ways.route(line, price),
  )
  return labelled(byAge, found, new Placing(frame, standing, found.values()))
}

/** Short ones come first: they have the least choice. */
function alone(lines: readonly Line[], frame: Frame, ways: Ways): Map<Id, readonly Point[]> {
  const length = ({ from_id, to_id }: Line) => {
    const [from, to] = [frame.boxes.get(from_id), frame.boxes.get(to_id)]
    return from && to ? distance(centre(from), centre(to)) : 0
  }
  const inOrder = lines
    .map((line) => ({ line, length: length(line) }))
    .sort((a, b) => a.length - b.length || compare(a.line.id, b.line.id))
  return new Map(
    inOrder.flatMap(({ line }) => {
      const points = ways.route(line)
      return points ? [[line.id, points] as const] : []
    }),
  )
}

/** A few lines by themselves, quick enough to be drawn anew while a step is dragged; the words of others rest. */
export function pulledRoutes(
  lines: readonly Line[],
  frame: Frame,
  pulled: (line: Line) => boolean,
  resting: ReadonlyMap<Id, Route>,
): ReadonlyMap<Id, Route> {
  const standing = new Standing(frame)
  const some = lines.filter(pulled)
  const found = alone(some, frame, new Ways(frame, standing))
  const placing = new Placing(frame, standing, found.values())
  for (const line of lines) {
    const label = pulled(line) ? null : resting.get(line.id)?.label
    if (label && line.label) placing.keep(label, line.label)
  }
  return labelled(some, found, placing)
}

function labelled(
  lines: readonly Line[],
  found: ReadonlyMap<Id, readonly Point[]>,
  placing: Placing,
): Map<Id, Route> {
  return new Map(
    lines.flatMap(({ id, label }) => {
      const points = found.get(id)
      return points ? [[id, { points, label: label && placing.place(points, label) }] as const] : []
    }),
  )
}

/** What a piece of a line costs besides, where others run. */
export type Price = (line: Line, a: Point, b: Point) => number

/** From step to step round what stands between; whoever else goes there. */
class Ways {
  readonly #lanes: readonly number[]
  readonly #used = new Map<string, 'in' | 'out'>()

  constructor(
    private readonly frame: Frame,
    private readonly standing: Standing,
  ) {
    this.#lanes = frame.lanes.slice(1).map(({ top }) => top - 2)
  }

  route(line: Line, beside?: Price): readonly Point[] | undefined {
    const from = this.frame.boxes.get(line.from_id)
    const to = this.frame.boxes.get(line.to_id)
    if (!from || !to || line.from_id === line.to_id) return undefined
    let best: Way | undefined
    let least = Infinity
    const pairs = PAIRS.map((sides) => this.#gates(line, from, to, sides)).sort((a, b) => a.least - b.least)
    for (const isWide of [false, true]) {
      for (const gates of pairs) {
        if (gates.least >= least) break
        for (const way of this.#ways(from, to, gates, isWide, beside !== undefined)) {
          if (way.price >= least) break
          const price = way.price + this.#inTheWay(way.points, line, least - way.price, beside)
          if (price < least) [best, least] = [way, price]
        }
      }
      // Few ways are looked at where one of them is clear.
      if (best && least - best.price <= SHARED) break
    }
    if (!best) return undefined
    if (!beside) {
      this.#used.set(`${line.from_id} ${best.out}`, 'out')
      this.#used.set(`${line.to_id} ${best.into}`, 'in')
    }
    return best.points
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
  #ways(
    from: Box,
    to: Box,
    { out, into, start, end, price }: Gates,
    isWide: boolean,
    isCrowded: boolean,
  ): Way[] {
    const [a, b] = [moved(start, OUT[out], STUB), moved(end, OUT[into], STUB)]
    const xs = [a.x, b.x, Math.round((a.x + b.x) / 2)]
    const ys = [a.y, b.y, Math.round((a.y + b.y) / 2)]
    if (isWide) {
      ys.push(...this.#lanes)
      ys.push(from.y - STUB, from.y + from.height + STUB, to.y - STUB, to.y + to.height + STUB)
    }
    // Between other columns, and other rows.
    if (isCrowded) {
      xs.push(...[a.x, b.x].flatMap((x) => [x - PITCH, x + PITCH]))
      ys.push(...[a.y, b.y].flatMap((y) => [y - LANE, y + LANE]))
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
  #inTheWay(points: readonly Point[], line: Line, most: number, beside?: Price): number {
    let price = 0
    for (let at = 1; at < points.length && price < most; at += 1) {
      const [a, b] = [points[at - 1]!, points[at]!]
      const piece = boxOf(a, b)
      if (piece.x < NAMES || piece.y < 0 || piece.y + piece.height > this.frame.height) price += THROUGH / 10
      if (beside) price += beside(line, a, b)
      price += THROUGH * this.standing.through(piece, line)
    }
    return price
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
