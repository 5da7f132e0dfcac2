/** What is known of a line once it is found: how it is drawn, where its middle is, how far away something is. */

import type { Box, Point } from './geometry'

/** A line round its corners, as the path of an SVG; it ends where its arrow begins. */
export function pathOf(points: readonly Point[], corner = 5): string {
  const last = points.length - 1
  return points
    .map((point, at) => {
      if (at === 0) return `M${point.x} ${point.y}`
      const before = points[at - 1]!
      if (at === last) {
        const end = towards(point, before, 6)
        return `L${end.x} ${end.y}`
      }
      const after = points[at + 1]!
      const round = Math.min(corner, distance(before, point) / 2, distance(point, after) / 2)
      const enter = towards(point, before, round)
      const leave = towards(point, after, round)
      return `L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`
    })
    .join('')
}

export function arrowOf(points: readonly Point[]): string {
  const tip = points.at(-1)!
  const base = towards(tip, points.at(-2)!, 9)
  const across = { x: (base.y - tip.y) / 2, y: (tip.x - base.x) / 2 }
  return `M${tip.x} ${tip.y}L${base.x + across.x} ${base.y + across.y}L${base.x - across.x} ${base.y - across.y}Z`
}

/** The middle of a line, where it can be split. */
export function halfway(points: readonly Point[]): Point {
  const whole = lengthOf(points)
  let left = whole / 2
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1]!, points[at]!]
    const piece = distance(from, to)
    if (piece >= left) return towards(from, to, left)
    left -= piece
  }
  return points.at(-1)!
}

/** How far a point is from a line. */
export function distanceTo(points: readonly Point[], { x, y }: Point): number {
  let nearest = Infinity
  for (let at = 1; at < points.length; at += 1) {
    const { x: left, y: top, width, height } = boxOf(points[at - 1]!, points[at]!)
    const dx = Math.max(left - x, 0, x - left - width)
    const dy = Math.max(top - y, 0, y - top - height)
    nearest = Math.min(nearest, Math.hypot(dx, dy))
  }
  return nearest
}

export function boxOf(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  }
}

/** What a line takes up, with its arrow. */
export function around(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

export function distance(a: Point, b: Point): number {
  // Most pieces run along or across, and hypot is slow.
  const [x, y] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)]
  return x === 0 ? y : y === 0 ? x : Math.hypot(x, y)
}

export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, at) => sum + distance(points[at]!, point), 0)
}

export function towards(from: Point, to: Point, far: number): Point {
  const whole = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * far) / whole, y: from.y + ((to.y - from.y) * far) / whole }
}
