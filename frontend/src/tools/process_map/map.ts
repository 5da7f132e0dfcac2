/** One process map from the room's rows: its lanes, its steps as the patient meets them, what leads to what. */

import type { Room } from '../../room/room.svelte'
import { compare } from '../../wire/rank'
import type { Id, Lane, MapEdge, MapPath, MapStep, MapTotals, ProcessMap } from '../../wire/types'
import { t } from '../../wire/words'

export interface Drawn {
  map: ProcessMap
  /** From top to bottom. */
  lanes: Lane[]
  /** In the order in which a patient meets them; what nothing leads to comes last. */
  steps: MapStep[]
  edges: MapEdge[]
  /** Steps that can be reached from a start. */
  reached: ReadonlySet<Id>
  totals: MapTotals | undefined
  /** The way of the average patient. */
  path: MapPath | undefined
}

type Reads = Pick<Room, 'all' | 'get'>

/** For use inside `$derived`; undefined for a map that is not there. */
export function drawn(room: Reads, id: Id): Drawn | undefined {
  const map = room.get('process_map', id)
  if (!map || map.removed_at !== null) return undefined
  const isOfIt = ({ map_id }: { map_id: Id }) => map_id === id
  const edges = room.all('map_edge').filter(isOfIt)
  const { order, reached } = inOrder(room.all('map_step').filter(isOfIt), edges)
  return {
    map,
    lanes: room.all('lane').filter(isOfIt),
    steps: order,
    edges,
    reached,
    totals: room.get('map_totals', id),
    path: room.get('map_path', id),
  }
}

/** What is opened where no map is named: where somebody drew last. */
export function lastDrawn(room: Reads): ProcessMap | undefined {
  const touched = new Map<Id, string>()
  for (const { map_id, created_at } of room.all('map_step')) {
    if (created_at > (touched.get(map_id) ?? '')) touched.set(map_id, created_at)
  }
  const when = ({ id, created_at }: ProcessMap) => {
    const step = touched.get(id) ?? ''
    return step > created_at ? step : created_at
  }
  return [...room.all('process_map')].sort((a, b) => compare(when(b), when(a))).at(0)
}

/**
 * From the start along what leads on, the likelier way out first; where ways meet again, after all of them.
 * A way back is read as a way on to what already stands there.
 */
export function inOrder(
  steps: readonly MapStep[],
  edges: readonly MapEdge[],
): { order: MapStep[]; reached: ReadonlySet<Id> } {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const entered = new Set(edges.map(({ to_id }) => to_id))
  const seen = new Set<Id>()
  const order: MapStep[] = []

  function follow(roots: readonly MapStep[]): void {
    const behind: MapStep[] = []
    for (const root of [...roots].reverse()) visit(root, behind)
    order.push(...behind.reverse())
  }
  function visit(step: MapStep, behind: MapStep[]): void {
    if (seen.has(step.id)) return
    seen.add(step.id)
    for (const { to_id } of exitsOf(edges, step.id).reverse()) {
      const next = byId.get(to_id)
      if (next) visit(next, behind)
    }
    behind.push(step)
  }

  const starts = steps.filter(({ kind }) => kind === 'start')
  const openings = steps.filter(({ id }) => !entered.has(id))
  follow(starts.length ? starts : openings)
  const reached = new Set(seen)
  follow(openings)
  // What is left goes round in circles that nothing leads to.
  for (const step of steps) follow([step])
  return { order, reached }
}

/** The ways out of a step, the likelier first. */
export function exitsOf(edges: readonly MapEdge[], stepId: Id): MapEdge[] {
  return edges
    .filter(({ from_id }) => from_id === stepId)
    .sort((a, b) => (b.share ?? 1) - (a.share ?? 1) || compare(a.created_at, b.created_at))
}

export function entriesOf(edges: readonly MapEdge[], stepId: Id): MapEdge[] {
  return edges.filter(({ to_id }) => to_id === stepId)
}

/** Its words, or that they were taken out. */
export function wordsOf({ text }: Pick<MapStep, 'text'>): string {
  return text ?? t('board.taken_out')
}

export function laneName(lane: Pick<Lane, 'name'> | undefined): string {
  return lane?.name ?? t('board.taken_out')
}

export function titleOf({ title }: Pick<ProcessMap, 'title'>): string {
  return title ?? t('board.taken_out')
}

/** Where one step goes that is put behind another: into what leads on from there, or as a way of its own. */
export interface Spot {
  /** What it comes after; null where it stands by itself. */
  after: Id | null
  /** The connection that it splits. */
  into: Id | null
}

/** After a step that leads to one other, a new one goes between; after a decision it is another way out. */
export function likelySpot(edges: readonly MapEdge[], step: Pick<MapStep, 'id' | 'kind'> | undefined): Spot {
  if (!step) return { after: null, into: null }
  const exits = exitsOf(edges, step.id)
  const isBetween = exits.length === 1 && step.kind !== 'decision'
  return { after: step.id, into: isBetween ? exits[0]!.id : null }
}

/** Where a line of steps ends that the next one is put behind: the last that leads nowhere and is no end. */
export function lastOpen({ steps, edges }: Pick<Drawn, 'steps' | 'edges'>): MapStep | undefined {
  const leads = new Set(edges.map(({ from_id }) => from_id))
  return steps.filter(({ id, kind }) => kind !== 'end' && !leads.has(id)).at(-1)
}

/** The next place up or down its lane's column that nothing stands on. */
export function freeY(steps: readonly MapStep[], laneId: Id, x: number): number {
  const taken = steps.filter((step) => step.lane_id === laneId && Math.abs(step.x - x) < BOX.width)
  let y = BOX.padding
  while (taken.some((step) => Math.abs(step.y - y) < BOX.height)) y += BOX.height + BOX.padding
  return y
}

export const PITCH = 152
const BOX = { width: 132, height: 88, padding: 12 }
