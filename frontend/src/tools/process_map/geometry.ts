/** Where everything on a map stands, in pixels at scale 1. Pure: the same for the picture, the canvas, paper and files. */

import type { Id, Lane, MapStep } from '../../wire/types'

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

export interface LaneBox {
  id: Id
  top: number
  height: number
}

export type Placed = Pick<MapStep, 'id' | 'lane_id' | 'kind' | 'x' | 'y'>

export interface Frame {
  lanes: readonly LaneBox[]
  boxes: ReadonlyMap<Id, Box>
  /** Steps whose corners are free. */
  diamonds: ReadonlySet<Id>
  width: number
  height: number
}

export const STEP = { width: 132, height: 88 }
/** Where a pathway begins and ends. */
export const PILL = { width: 132, height: 54 }
/** From one step to the next along the map. */
export const PITCH = 152
/** The column of the lanes' names; a step's x counts from its right edge. */
export const NAMES = 120
export const PADDING = 12
export const LANE = 110
/** Between two lanes. */
export const GAP = 4
const MARGIN = 24

export function sizeOf(kind: MapStep['kind']): { width: number; height: number } {
  return kind === 'start' || kind === 'end' ? PILL : STEP
}

/** What is flat stands in the middle of its row, so that arrows run straight. */
export function lowered(kind: MapStep['kind']): number {
  return (STEP.height - sizeOf(kind).height) / 2
}

/** A lane is as high as its steps want; a map is as wide as its last step, and never a mere slip. */
export function frameOf(lanes: readonly Pick<Lane, 'id'>[], steps: readonly Placed[]): Frame {
  const boxed: LaneBox[] = []
  let top = 0
  for (const { id } of lanes) {
    const wants = steps
      .filter(({ lane_id }) => lane_id === id)
      .map(({ kind, y }) => y + sizeOf(kind).height + PADDING)
    const height = Math.max(LANE, ...wants)
    boxed.push({ id, top, height })
    top += height + GAP
  }
  const tops = new Map(boxed.map(({ id, top }) => [id, top]))
  const boxes = new Map(
    steps.map(({ id, lane_id, kind, x, y }) => [
      id,
      { x: NAMES + x, y: (tops.get(lane_id) ?? 0) + y, ...sizeOf(kind) },
    ]),
  )
  const right = Math.max(NAMES + 3 * PITCH, ...[...boxes.values()].map(({ x, width }) => x + width))
  const diamonds = new Set(steps.filter(({ kind }) => kind === 'decision').map(({ id }) => id))
  return { lanes: boxed, boxes, diamonds, width: right + MARGIN, height: Math.max(LANE, top - GAP) }
}

/** Into which lane a step falls that is let go there, and where in it. */
export function spotAt(
  { lanes }: Frame,
  { x, y }: Point,
  kind: MapStep['kind'],
): { lane_id: Id; x: number; y: number } | undefined {
  const middle = y + sizeOf(kind).height / 2
  const lane = lanes.find(({ top, height }) => middle < top + height + GAP / 2) ?? lanes.at(-1)
  if (!lane) return undefined
  return {
    lane_id: lane.id,
    x: Math.max(PADDING, Math.round(x) - NAMES),
    y: Math.max(PADDING, Math.round(y - lane.top)),
  }
}

export function centre({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

export function overlap(a: Box, b: Box, apart = 0): boolean {
  return (
    a.x < b.x + b.width + apart &&
    b.x < a.x + a.width + apart &&
    a.y < b.y + b.height + apart &&
    b.y < a.y + a.height + apart
  )
}

/** Whether something lies on a diamond that fills that box. */
export function onDiamond(diamond: Box, { x, y, width, height }: Box): boolean {
  const middle = centre(diamond)
  const dx = Math.max(x - middle.x, 0, middle.x - x - width)
  const dy = Math.max(y - middle.y, 0, middle.y - y - height)
  return dx / (diamond.width / 2) + dy / (diamond.height / 2) < 1
}
