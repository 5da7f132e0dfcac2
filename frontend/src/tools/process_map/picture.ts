/** A whole map as marks: what the screen, the wall, paper and files draw, each in its own colours. */

import type { Id, Lane, MapEdge, MapStep } from '../../wire/types'
import { type Frame, frameOf, type LaneBox, NAMES, PITCH } from './geometry'
import { type Route, routesOf } from './routes'
import {
  edgeMarks,
  labelMarks,
  labelOf,
  laneMarks,
  laneNameMarks,
  lineOf,
  type Mark,
  stepMarks,
  type Words,
} from './shapes'

export interface Model {
  lanes: readonly Pick<Lane, 'id' | 'name'>[]
  steps: readonly MapStep[]
  edges: readonly MapEdge[]
  longest?: Id | null
}

export interface Part {
  id: Id
  x: number
  y: number
  marks: readonly Mark[]
}

export interface Picture {
  frame: Frame
  routes: ReadonlyMap<Id, Route>
  lanes: readonly Part[]
  names: readonly Part[]
  edges: readonly Part[]
  steps: readonly Part[]
  labels: readonly Part[]
}

export function pictureOf({ lanes, steps, edges, longest }: Model, words: Words): Picture {
  const frame = frameOf(lanes, steps)
  const routes = routesOf(
    edges.map((edge) => lineOf(edge, words)),
    frame,
  )
  return {
    frame,
    routes,
    lanes: frame.lanes.map((lane) => ({
      id: lane.id,
      x: 0,
      y: lane.top,
      marks: laneMarks(lane, frame.width),
    })),
    names: frame.lanes.map((lane, at) => namesOf(lane, words.lane(lanes[at]!))),
    edges: edges.flatMap(({ id }) => {
      const route = routes.get(id)
      return route ? [{ id, x: 0, y: 0, marks: edgeMarks(route) }] : []
    }),
    steps: steps.map((step) => {
      const { x, y } = frame.boxes.get(step.id)!
      return { id: step.id, x, y, marks: stepMarks(step, words, step.id === longest) }
    }),
    labels: edges.flatMap((edge) => {
      const route = routes.get(edge.id)
      const marks = route ? labelMarks(route, labelOf(edge, words)) : []
      return marks.length ? [{ id: edge.id, x: 0, y: 0, marks }] : []
    }),
  }
}

function namesOf(lane: LaneBox, name: string): Part {
  return { id: lane.id, x: 0, y: lane.top, marks: laneNameMarks(name, lane) }
}

/** A long map in several pieces, one under the other: each with the lanes' names before it. */
export interface Piece {
  /** From here along the map, and so far. */
  from: number
  width: number
}

const MARGIN = 16
const MOST_PIECES = 12

/** Cut between columns, so that few steps are cut through; never more pieces than columns. */
export function pieces({ width, boxes }: Frame, most: number): Piece[] {
  const body = width - NAMES
  const count = Math.max(1, Math.min(most, Math.ceil(body / (2 * PITCH))))
  const cuts = [NAMES]
  for (let at = 1; at < count; at += 1) {
    const wanted = NAMES + (body * at) / count
    cuts.push(Math.max(cuts.at(-1)! + PITCH, clearCut(wanted, [...boxes.values()])))
  }
  return cuts
    .filter((cut) => cut < width)
    .map((from, at, all) => ({ from, width: (all[at + 1] ?? width) - from }))
}

function clearCut(wanted: number, boxes: readonly { x: number; width: number }[]): number {
  let best = wanted
  let least = Infinity
  for (let cut = Math.round(wanted - PITCH / 2); cut <= wanted + PITCH / 2; cut += 2) {
    const through = boxes.filter(({ x, width }) => x < cut + 4 && cut - 4 < x + width).length
    const price = through * 1_000 + Math.abs(cut - wanted)
    if (price < least) [best, least] = [cut, price]
  }
  return best
}

export interface Layout {
  pieces: Piece[]
  /** Of a pixel. */
  scale: number
}

/** As large as everything fits on a page or a wall, in however many pieces that takes. `edge`: over and under each. */
export function fittedTo(
  frame: Frame,
  room: { width: number; height: number },
  largest = Infinity,
  edge = 2 * MARGIN,
): Layout {
  let best: Layout | undefined
  for (let most = 1; most <= MOST_PIECES; most += 1) {
    const cut = pieces(frame, most)
    const scale = Math.min(
      largest,
      room.width / widest(cut),
      room.height / (cut.length * (frame.height + edge)),
    )
    if (!best || scale > best.scale) best = { pieces: cut, scale }
  }
  return best!
}

/** On paper letters stay large enough to be read: a long map goes on over more rows, and more sheets of `page`. */
export function paperFor(
  frame: Frame,
  room: { width: number; height: number; page: number },
  { least, largest }: { least: number; largest: number },
): Layout {
  const whole = fittedTo(frame, room, largest)
  if (whole.scale >= least) return whole
  // One row is never higher than a sheet.
  const scale = Math.min(least, room.page / (frame.height + 2 * MARGIN))
  const cut = pieces(frame, Math.ceil((frame.width - NAMES) / (room.width / scale - NAMES - PITCH / 2)))
  return { pieces: cut, scale: Math.min(scale, room.width / widest(cut)) }
}

function widest(cut: readonly Piece[]): number {
  return NAMES + Math.max(...cut.map(({ width }) => width))
}
