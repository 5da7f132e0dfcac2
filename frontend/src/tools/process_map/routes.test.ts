import { describe, expect, it } from 'vitest'

import type { MapStep } from '../../wire/types'
import { type Frame, frameOf, overlap, PITCH, type Placed, type Point } from './geometry'
import { boxOf } from './paths'
import { type Line, type Route, routesOf } from './routes'

interface Map {
  lanes: { id: string }[]
  steps: Placed[]
  lines: Line[]
}

/** As many people draw in a quarter of an hour and nobody tidies up: the same each time. */
function crowded(seed: number, steps: number, lines: number, lanes: number): Map {
  let state = seed
  const chance = (of: number) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * of)
  }
  const columns = Math.ceil((steps * 2.2) / lanes)
  const spots = new Set<string>()
  const placed: Placed[] = []
  while (placed.length < steps) {
    const [column, lane] = [chance(columns), chance(lanes)]
    if (spots.size === spots.add(`${column} ${lane}`).size) continue
    const kind: MapStep['kind'] = (['activity', 'decision', 'wait', 'end'] as const)[chance(4)]!
    placed.push({ id: `s${placed.length}`, lane_id: `l${lane}`, kind, x: 12 + column * PITCH, y: 12 })
  }
  placed.sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1))
  const found = new globalThis.Map<string, Line>()
  while (found.size < lines) {
    const from = chance(steps)
    const to = Math.max(0, Math.min(steps - 1, from + chance(26) - 6))
    const [from_id, to_id] = [placed[from]!.id, placed[to]!.id]
    const id = `${from_id} ${to_id}`
    const label = chance(3) ? null : { width: 40, height: 16 }
    if (from !== to) found.set(id, { id, from_id, to_id, label, created_at: String(1_000 + chance(400)) })
  }
  const named = Array.from({ length: lanes }, (_, at) => ({ id: `l${at}` }))
  return { lanes: named, steps: placed, lines: [...found.values()] }
}

interface Piece extends Line {
  isAcross: boolean
  place: number
  low: number
  high: number
}

function piecesOf(lines: readonly Line[], routes: ReadonlyMap<string, Route>): Piece[] {
  return lines.flatMap((line) => {
    const { points } = routes.get(line.id)!
    return points.slice(1).map((b, at) => {
      const a = points[at]!
      const isAcross = a.y === b.y
      const [from, to] = isAcross ? [a.x, b.x] : [a.y, b.y]
      const place = isAcross ? a.y : a.x
      return { ...line, isAcross, place, low: Math.min(from, to), high: Math.max(from, to) }
    })
  })
}

/** Arrows of different steps that run on top of each other for longer than where they meet. */
function onTop(pieces: readonly Piece[]): string[] {
  const inOrder = [...pieces].sort((a, b) => Number(a.isAcross) - Number(b.isAcross) || a.place - b.place)
  return inOrder.flatMap((one, at) => {
    const found: string[] = []
    for (const other of inOrder.slice(at + 1)) {
      if (other.isAcross !== one.isAcross || other.place - one.place >= 2) break
      const shared = Math.min(one.high, other.high) - Math.max(one.low, other.low)
      const isKin = one.from_id === other.from_id || one.to_id === other.to_id
      if (shared > 12 && !isKin) found.push(`${one.id} on ${other.id}`)
    }
    return found
  })
}

function throughSteps(pieces: readonly Piece[], { boxes }: Frame): string[] {
  return pieces.flatMap(({ id, from_id, to_id, isAcross, place, low, high }) => {
    const at = (along: number): Point => (isAcross ? { x: along, y: place } : { x: place, y: along })
    const piece = boxOf(at(low), at(high))
    return [...boxes]
      .filter(([step, box]) => step !== from_id && step !== to_id && overlap(piece, box))
      .map(([step]) => `${id} through ${step}`)
  })
}

describe('arrows of a crowded map', () => {
  it.each([
    [1, 200, 400, 12],
    [2, 200, 300, 12],
    [3, 60, 100, 5],
    [4, 30, 50, 3],
  ])('run beside each other, and through no step: %i', (...how) => {
    const { lanes, steps, lines } = crowded(...how)
    const frame = frameOf(lanes, steps)
    const pieces = piecesOf(lines, routesOf(lines, frame))
    expect(onTop(pieces)).toEqual([])
    expect(throughSteps(pieces, frame)).toEqual([])
    expect(pieces.filter(({ low, high }) => low === high)).toEqual([])
  })

  it('come out the same whatever the order of the rows', () => {
    const { lanes, steps, lines } = crowded(5, 60, 100, 5)
    const routes = routesOf(lines, frameOf(lanes, steps))
    expect(routesOf([...lines].reverse(), frameOf(lanes, [...steps].reverse()))).toEqual(routes)
  })

  it('stay where they are when a step elsewhere is moved', () => {
    const { lanes, steps, lines } = crowded(6, 200, 300, 12)
    const before = routesOf(lines, frameOf(lanes, steps))
    const [step] = steps.slice(100)
    const elsewhere = steps.map((one) => (one === step ? { ...one, x: one.x + 40 } : one))
    const after = routesOf(lines, frameOf(lanes, elsewhere))
    const changed = lines.filter(
      ({ id }) => JSON.stringify(before.get(id)!.points) !== JSON.stringify(after.get(id)!.points),
    )
    const isFar = ({ x }: Point) => Math.abs(x - step!.x) > 12 * PITCH
    expect(changed.length).toBeLessThan(lines.length / 8)
    expect(changed.filter(({ id }) => after.get(id)!.points.every(isFar))).toEqual([])
  })

  it('give way to those that were there before', () => {
    const { lanes, steps, lines } = crowded(7, 60, 90, 5)
    const frame = frameOf(lanes, steps)
    const before = routesOf(lines, frame)
    const [a, b] = [steps[3]!.id, steps[11]!.id]
    const late: Line = { id: 'late', from_id: a, to_id: b, label: null, created_at: '9999' }
    const after = routesOf([...lines, late], frame)
    const changed = lines.filter(({ id }) => JSON.stringify(before.get(id)) !== JSON.stringify(after.get(id)))
    const isKin = ({ from_id, to_id }: Line) => [from_id, to_id].some((id) => id === a || id === b)
    expect(changed.filter((line) => !isKin(line))).toEqual([])
  })
})
