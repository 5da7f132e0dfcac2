/** Where steps come to rest that are let go: on nothing that stands there, and together as they were. */

import {
  type Box,
  type Frame,
  NAMES,
  overlap,
  PADDING,
  PITCH,
  type Placed,
  type Point,
  sizeOf,
  spotAt,
} from './geometry'

/** Closer than this two steps look like one. */
const APART = 8
/** Further than this a whole group does not go: then each step finds a place. */
const FAR = 320
const NEAR = 2 * PITCH
/** So many ways to each side are tried: who moves half a large map must not wait. */
const TRIED = 24

/** A step that was let go with its left top corner there. */
export interface LetGo<Step> {
  step: Step
  at: Point
}

/** Into which lanes they fall, the first as the one in the hand: steps of one lane stay in one, as they were. */
export function fallen<Step extends Placed>(frame: Frame, letGo: readonly LetGo<Step>[]): Step[] {
  const [lead] = letGo
  const first = lead && spotAt(frame, lead.at, lead.step.kind)
  const lane = frame.lanes.find(({ id }) => id === first?.lane_id)
  if (!lead || !lane) return []
  const left = Math.min(...letGo.map(({ at }) => at.x))
  const by = Math.max(0, NAMES + PADDING - left)
  const isOneLane = letGo.every(({ step }) => step.lane_id === lead.step.lane_id)
  const top = isOneLane ? Math.min(lane.top, Math.min(...letGo.map(({ at }) => at.y)) - PADDING) : 0
  return letGo.map(({ step, at }) => {
    const x = Math.round(at.x + by) - NAMES
    if (isOneLane) return { ...step, lane_id: lane.id, x, y: Math.round(at.y - top) }
    return { ...step, ...spotAt(frame, at, step.kind), x }
  })
}

/** The same steps in places of their own. `standing` are all others. */
export function settled<Step extends Placed>(standing: readonly Placed[], moved: readonly Step[]): Step[] {
  const together = asOne(standing, moved)
  if (together) return together
  const there = [...standing]
  const rest = new Map<Step, Step>()
  for (const step of [...moved].sort((a, b) => a.x - b.x || a.y - b.y)) {
    const placed = nearest(there, step)
    there.push(placed)
    rest.set(step, placed)
  }
  return moved.map((step) => rest.get(step)!)
}

/** All by the same way, the shortest on which nothing lies on anything. */
function asOne<Step extends Placed>(standing: readonly Placed[], moved: readonly Step[]): Step[] | undefined {
  const meets = (step: Placed) =>
    standing.filter((other) => other.lane_id === step.lane_id && isOn(step, other))
  const isCrowd = moved.some((step, at) =>
    moved.slice(at + 1).some((other) => step.lane_id === other.lane_id && isOn(step, other)),
  )
  if (isCrowd) return undefined
  const inTheWay = moved.flatMap((step) => meets(step).map((other) => ({ step, other })))
  const across = shortest(inTheWay.flatMap(({ step, other }) => beside(step, other)))
  const down = shortest(inTheWay.flatMap(({ step, other }) => below(step, other)))
  const ways = across
    .flatMap((x) => down.map((y) => ({ x, y })))
    .sort((a, b) => Math.abs(a.x) + Math.abs(a.y) - Math.abs(b.x) - Math.abs(b.y))
  for (const way of ways) {
    if (Math.abs(way.x) + Math.abs(way.y) > FAR) break
    const there = moved.map((step) => ({ ...step, x: step.x + way.x, y: step.y + way.y }))
    const isFree = there.every((step) => step.x >= PADDING && step.y >= PADDING && meets(step).length === 0)
    if (isFree) return there
  }
  return undefined
}

function shortest(ways: readonly number[]): number[] {
  const each = [...new Set([0, ...ways])]
  return each.sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, TRIED)
}

function nearest<Step extends Placed>(there: readonly Placed[], step: Step): Step {
  const lane = there.filter(({ lane_id }) => lane_id === step.lane_id)
  const near = lane.filter(({ x }) => Math.abs(x - step.x) < NEAR)
  const under = Math.max(0, ...near.map((other) => below(step, other)[0]!))
  const xs = shortest(near.flatMap((other) => beside(step, other))).map((by) =>
    Math.max(PADDING, step.x + by),
  )
  const ys = [...shortest(near.flatMap((other) => below(step, other))), under].map((by) =>
    Math.max(PADDING, step.y + by),
  )
  const far = ({ x, y }: Placed) => Math.abs(x - step.x) + Math.abs(y - step.y)
  let best: Step | undefined
  for (const x of xs) {
    for (const y of ys) {
      const tried = { ...step, x, y }
      if (best && far(tried) >= far(best)) continue
      if (!lane.some((other) => isOn(tried, other))) best = tried
    }
  }
  // Under the lowest there is always room.
  return best!
}

/** How far to the one side and to the other it is beside another one. */
function beside(step: Placed, other: Placed): number[] {
  return [
    other.x + sizeOf(other.kind).width + APART - step.x,
    other.x - sizeOf(step.kind).width - APART - step.x,
  ]
}

function below(step: Placed, other: Placed): number[] {
  return [
    other.y + sizeOf(other.kind).height + PADDING - step.y,
    other.y - sizeOf(step.kind).height - PADDING - step.y,
  ]
}

function isOn(one: Placed, other: Placed): boolean {
  return overlap(boxed(one), boxed(other), APART)
}

function boxed({ x, y, kind }: Placed): Box {
  return { x, y, ...sizeOf(kind) }
}
