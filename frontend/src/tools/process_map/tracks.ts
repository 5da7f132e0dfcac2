/**
 * Lines that would run on top of each other run side by side. Those that were there first stay where they are; a later
 * one gives way by a few pixels, and no line further off moves for it.
 */

import type { Id } from '../../wire/types'
import { type Box, type Frame, PILL, type Point } from './geometry'
import { boxOf, distance } from './paths'
import type { Line, Price } from './routes'
import type { Standing } from './standing'

/** From one track to the next where there is room, and where there is hardly any. */
const TRACK = 6
const NEAR = 3.5
/** Nearer than this they cannot be told apart. */
const TOGETHER = 2
/** So far two lines may run on top of each other: they only meet. */
const MEETS = 8
/** As far as a line gives way. */
const FURTHEST = 40
const ASIDE = Array.from({ length: FURTHEST }, (_, at) => at + 1).flatMap((far) => [far, -far])
/** What is worse than a line a pixel further off. */
const ON_TOP = 400
const TIGHT = 40
const TIGHTER = 120
const CROSSES = 14
/** Where no track is left, this and every pixel of it is worth a detour. */
const CROWDED = 100
const OFF_MIDDLE = 6
const SHORT = 60
const NEVER = 5_000
/** An arrow wants so much of a straight line before it. */
const ARROW = 9
const LEAST = 3

interface Run {
  line: Line
  place: number
  low: number
  high: number
}

type Points = readonly Point[]

/** `lines` from the oldest to the youngest. */
export function apart(
  routes: ReadonlyMap<Id, Points>,
  lines: readonly Line[],
  frame: Frame,
  standing: Standing,
  another: (line: Line, price: Price) => Points | undefined,
): Map<Id, Points> {
  const laid = new Laid(frame, standing, another)
  const found = new Map<Id, Points>()
  // What is straight has no other place; then what has one turn.
  const inOrder = lines
    .flatMap((line, age) => {
      const points = routes.get(line.id)
      return points ? [{ line, points, age }] : []
    })
    .sort((a, b) => Math.min(a.points.length, 4) - Math.min(b.points.length, 4) || a.age - b.age)
  for (const { line, points } of inOrder) found.set(line.id, laid.lay(line, points))
  return found
}

class Laid {
  readonly #across = new Map<number, Run[]>()
  readonly #along = new Map<number, Run[]>()
  readonly #points = new Map<Id, Points>()

  constructor(
    private readonly frame: Frame,
    private readonly standing: Standing,
    private readonly another: (line: Line, price: Price) => Points | undefined,
  ) {}

  lay(line: Line, points: Points): Points {
    let best = points
    let least = Infinity
    // Once more, for one piece may have made room for another; then some other way round.
    for (const way of [() => points, () => best, () => this.another(line, this.#besides), () => best]) {
      const begin = way()
      const tried = begin && this.#besideOthers(line, begin)
      const its = tried ? this.#onTop(line, tried) : Infinity
      if (tried && its < least) [best, least] = [tried, its]
      if (least === 0) break
    }
    this.#points.set(line.id, best)
    for (let at = 1; at < best.length; at += 1) {
      const run = runOf(line, best[at - 1]!, best[at]!)
      const runs = best[at - 1]!.y === best[at]!.y ? this.#across : this.#along
      const cell = cellOf(run.place)
      const there = runs.get(cell)
      if (there) there.push(run)
      else runs.set(cell, [run])
    }
    return best
  }

  #besideOthers(line: Line, points: Points): Points {
    let best = points
    for (let at = 1; at < points.length; at += 1) {
      const others = this.#beside(line, best[at - 1]!, best[at]!)
      if (others.length === 0) continue
      const crossed = [...new Set(others.map(({ line }) => this.#points.get(line.id)!))]
      const begin = best
      let least = this.#price(line, begin, undefined, crossed, Infinity)
      const isEnd = at === 1 || at === points.length - 1
      for (const far of ASIDE) {
        const off = Math.abs(far) + (isEnd ? OFF_MIDDLE : 0)
        if (off >= least) break
        const tried = this.#shifted(line, begin, at, far)
        if (!tried) continue
        const price = off + this.#price(line, tried, points, crossed, least - off)
        if (price < least) [best, least] = [tried, price]
      }
    }
    return best
  }

  /** How far it runs on top of others. */
  #onTop(line: Line, points: Points): number {
    let price = 0
    for (let at = 1; at < points.length; at += 1) price += this.#shared(line, points[at - 1]!, points[at]!)
    return price
  }

  readonly #besides: Price = (line, a, b) => {
    const shared = this.#shared(line, a, b)
    return shared && CROWDED + shared
  }

  #shared(line: Line, a: Point, b: Point): number {
    const own = runOf(line, a, b)
    let sum = 0
    for (const run of this.#beside(line, a, b)) {
      if (Math.abs(run.place - own.place) < NEAR) sum += sharedBy(run, own)
    }
    return sum
  }

  /** Others, not of the same step, that run here as well, or next to it. */
  #beside(line: Line, a: Point, b: Point): Run[] {
    const own = runOf(line, a, b)
    const runs = a.y === b.y ? this.#across : this.#along
    const found: Run[] = []
    const cell = cellOf(own.place)
    for (const there of [cell - 1, cell, cell + 1]) {
      for (const run of runs.get(there) ?? []) {
        const isKin = run.line.from_id === line.from_id || run.line.to_id === line.to_id
        if (isKin || Math.abs(run.place - own.place) >= TRACK) continue
        if (sharedBy(run, own) > MEETS) found.push(run)
      }
    }
    return found
  }

  /** No more is looked at once it is worse than `most`. */
  #price(
    line: Line,
    points: Points,
    before: Points | undefined,
    crossed: readonly Points[],
    most: number,
  ): number {
    let price = before ? stubs(points, before) : 0
    for (let at = 1; at < points.length && price < most; at += 1) {
      const [a, b] = [points[at - 1]!, points[at]!]
      const own = runOf(line, a, b)
      for (const run of this.#beside(line, a, b)) {
        const far = Math.abs(run.place - own.place)
        price += far < TOGETHER ? ON_TOP + sharedBy(run, own) : far < NEAR ? TIGHTER : TIGHT
      }
    }
    for (const other of crossed) {
      if (price >= most) return price
      price += CROSSES * crossings(points, other)
    }
    for (let at = 1; before && at < points.length && price < most; at += 1) {
      const piece = boxOf(points[at - 1]!, points[at]!)
      if (piece.y < 0 || piece.y + piece.height > this.frame.height) price += ON_TOP / 2
      price += NEVER * this.standing.through(piece, line)
    }
    return price
  }

  /** One piece of it elsewhere; undefined where it would leave its step's side or run back. */
  #shifted({ from_id, to_id }: Line, points: Points, at: number, far: number): Points | undefined {
    const isAcross = points[at - 1]!.y === points[at]!.y
    const moved = points.map((point, n) => {
      if (n !== at && n !== at - 1) return point
      return isAcross ? { x: point.x, y: point.y + far } : { x: point.x + far, y: point.y }
    })
    const last = points.length - 1
    if (at === 1) {
      const port = this.#onRim(from_id, points[0]!, moved[0]!)
      if (!port) return undefined
      moved[0] = port
    }
    if (at === last) {
      const port = this.#onRim(to_id, points[last]!, moved[last]!)
      if (!port) return undefined
      moved[last] = port
    }
    const keepsOn = moved.every((point, n) => n === 0 || isSameWay(points, moved, n, point))
    return keepsOn ? moved : undefined
  }

  /** Where a line meets a step's side beside its middle. */
  #onRim(id: Id, { x, y }: Point, moved: Point): Point | undefined {
    const box = this.frame.boxes.get(id)!
    const isUpright = x === box.x || x === box.x + box.width
    const off = isUpright
      ? Math.abs(moved.y - box.y - box.height / 2)
      : Math.abs(moved.x - box.x - box.width / 2)
    const inset = this.#inset(id, box, isUpright, off)
    if (inset === undefined) return undefined
    if (isUpright) return { x: Math.round(x === box.x ? x + inset : x - inset), y: moved.y }
    return { x: moved.x, y: Math.round(y === box.y ? y + inset : y - inset) }
  }

  #inset(id: Id, box: Box, isUpright: boolean, off: number): number | undefined {
    const side = (isUpright ? box.height : box.width) / 2
    if (off > side - 14) return undefined
    if (this.frame.diamonds.has(id)) return (off / side) * ((isUpright ? box.width : box.height) / 2)
    if (box.height !== PILL.height) return 0
    const round = box.height / 2
    if (isUpright) return round - Math.sqrt(round * round - off * off)
    return off > box.width / 2 - round ? undefined : 0
  }
}

function stubs(points: Points, before: Points): number {
  const last = points.length - 1
  const begins = distance(points[0]!, points[1]!)
  const ends = distance(points[last - 1]!, points[last]!)
  const was = distance(before.at(-2)!, before.at(-1)!)
  const isShort = ends < Math.min(ARROW, was)
  return (begins < LEAST ? ON_TOP : 0) + (ends < LEAST ? ON_TOP : 0) + (isShort ? SHORT : 0)
}

function sharedBy(one: Run, other: Run): number {
  return Math.min(one.high, other.high) - Math.max(one.low, other.low)
}

function isSameWay(points: Points, moved: Points, at: number, point: Point): boolean {
  const [from, to, before] = [points[at - 1]!, points[at]!, moved[at - 1]!]
  return (
    Math.sign(to.x - from.x) === Math.sign(point.x - before.x) &&
    Math.sign(to.y - from.y) === Math.sign(point.y - before.y)
  )
}

function crossings(one: Points, other: Points): number {
  let count = 0
  for (let at = 1; at < one.length; at += 1) {
    const a = boxOf(one[at - 1]!, one[at]!)
    for (let to = 1; to < other.length; to += 1) {
      const b = boxOf(other[to - 1]!, other[to]!)
      if ((a.width === 0) === (b.width === 0)) continue
      if (a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height)
        count += 1
    }
  }
  return count
}

function runOf(line: Line, a: Point, b: Point): Run {
  const isAcross = a.y === b.y
  const [from, to] = isAcross ? [a.x, b.x] : [a.y, b.y]
  return { line, place: isAcross ? a.y : a.x, low: Math.min(from, to), high: Math.max(from, to) }
}

function cellOf(place: number): number {
  return Math.floor(place / (2 * TRACK))
}
