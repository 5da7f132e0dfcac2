/** Where words stand that are written on a line. */

import { type Box, type Frame, NAMES, onDiamond, overlap, type Point } from './geometry'
import { boxOf, distance, halfway } from './paths'
import type { Standing } from './standing'

/** So far over the edge of a map words may stand. */
const OVER = 10
/** Of what is crossed by a line, or covers something, against a place further off. */
const COVERED = 100

export class Placing {
  readonly #lines = new Map<number, Box[]>()
  readonly #words: Box[] = []

  constructor(
    private readonly frame: Frame,
    private readonly standing: Standing,
    routes: Iterable<readonly Point[]>,
  ) {
    for (const points of routes) {
      for (let at = 1; at < points.length; at += 1) {
        const piece = boxOf(points[at - 1]!, points[at]!)
        const [first, last] = rowsOf(piece)
        for (let row = first; row <= last; row += 1) {
          const there = this.#lines.get(row)
          if (there) there.push(piece)
          else this.#lines.set(row, [piece])
        }
      }
    }
  }

  /** On no step, no other words and no line; near where the line begins. */
  place(points: readonly Point[], { width, height }: { width: number; height: number }): Point {
    let best = halfway(points)
    let least = Infinity
    for (const [at, point] of spotsFor(points, width, height).entries()) {
      const box = { x: point.x - width / 2, y: point.y - height / 2, width, height }
      const price = at + COVERED * this.#covered(box)
      if (price < least) [best, least] = [point, price]
      if (least < COVERED) break
    }
    this.keep(best, { width, height })
    return { x: Math.round(best.x), y: Math.round(best.y) }
  }

  /** These words stand there. */
  keep({ x, y }: Point, { width, height }: { width: number; height: number }): void {
    this.#words.push({ x: x - width / 2, y: y - height / 2, width, height })
  }

  #covered(box: Box): number {
    const isOff = box.x < NAMES || box.y < -OVER || box.y + box.height > this.frame.height + OVER
    let count = isOff ? 2 : 0
    for (const [id, other] of this.standing.near(box)) {
      const isOn = this.frame.diamonds.has(id)
        ? onDiamond(other, box) || overlap(box, figuresUnder(other), 1)
        : overlap(box, other, 1)
      if (isOn) count += 2
    }
    for (const other of this.#words) if (overlap(box, other, 1)) count += 2
    const [first, last] = rowsOf(box)
    const crossed = new Set<Box>()
    for (let row = first; row <= last; row += 1) {
      for (const piece of this.#lines.get(row) ?? []) if (overlap(box, piece)) crossed.add(piece)
    }
    return count + crossed.size
  }
}

/** The times of a decision stand in the corners under its slopes. */
function figuresUnder({ x, y, width, height }: Box): Box {
  return { x: x - 6, y: y + height - 12, width: width + 12, height: 14 }
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

/** The lines of a map in flat strips, so that only what is near is looked at. */
function rowsOf({ y, height }: Box): [number, number] {
  return [Math.floor(y / 100), Math.floor((y + height) / 100)]
}
