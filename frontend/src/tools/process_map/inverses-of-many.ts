/** What takes back what was done to many steps at once. Where somebody has gone on with one of them, that one stays. */

import type { InversesOfMany, Standing, TakeBack } from '../../wire/inverse'
import { clean } from '../../wire/predict'
import type { Command, Id, MapEdge, MapStep, Tables } from '../../wire/types'
import { NOTHING_SAID } from './predict'

type Imported = Extract<Command, { type: 'process_map.import_steps' }>['steps'][number]
type Place = Extract<Command, { type: 'process_map.move_steps' }>['places'][number]
type StepSaid = Extract<Command, { type: 'process_map.set_steps' }>['steps'][number]
type Field = Exclude<keyof StepSaid, 'step_id'>

/** A row as it was before my command, and as that has left it. */
interface Both<Row> {
  was: Row
  is: Row
}

/** Of what is said together nothing is taken back alone. */
const FILLED: readonly Field[][] = [['wait'], ['process'], ['shadowed', 'low', 'high']]

export const inversesOfMany: InversesOfMany = {
  'process_map.import_steps'(_, { first_id, steps, lanes = [] }, room) {
    if (!first_id) return undefined
    return () => {
      const there = steps.flatMap((said, at) => {
        const step = room.get('map_step', nth(first_id, at))
        return step && !step.removed_at ? [{ step, said }] : []
      })
      const untouched = there.filter(({ step, said }) => saysStill(step, said)).map(({ step }) => step.id)
      const lane_ids = lanes.flatMap((name, at) => {
        const id = nth(first_id, at)
        return room.get('lane', id)?.name === clean(name) ? [id] : []
      })
      const step_ids = some(untouched)
      const isPart = untouched.length < there.length
      return step_ids && { command: { type: 'process_map.remove_steps', step_ids, lane_ids }, isPart }
    }
  },

  'process_map.copy_map'(_, { new_id }, room) {
    const left = new Map(rowsOf(room, new_id).map((row) => [row.id, told(row)]))
    /** After a snapshot nobody knows any more whose change it was; then what the row says has to tell. */
    const isTheirs = (row: { id: Id }) =>
      isOthers(room, row) || (room.changedBy(row.id) === undefined && told(row) !== left.get(row.id))
    return () =>
      rowsOf(room, new_id).some(isTheirs)
        ? undefined
        : { command: { type: 'process_map.remove_map', map_id: new_id } }
  },

  'process_map.tidy_map': (before, { map_id }, room) =>
    backTo(map_id, moved(stepsOf(before, map_id), room), room),

  'process_map.move_steps': (before, { map_id, places }, room) =>
    backTo(map_id, moved(stepsOf(before, map_id, places), room), room),

  'process_map.set_steps'(before, { map_id, steps }, room) {
    const fields = new Map(steps.map(({ step_id, ...said }) => [step_id, Object.keys(said) as Field[]]))
    const were = stepsOf(before, map_id, steps)
    return saidBefore(map_id, were, room, ({ id }) => fields.get(id)!.map((field) => [field]))
  },

  'process_map.fill_waits': (before, { map_id }, room) =>
    saidBefore(map_id, stepsOf(before, map_id), room, () => FILLED),

  'process_map.move_into'(before, { step_id, into }, room) {
    const split = before.map_edge?.get(into)
    if (!split) return undefined
    const { map_id, from_id, to_id } = split
    const beside = [step_id, from_id, to_id].map((id) => ({ step_id: id }))
    const stood = moved(stepsOf(before, map_id, beside), room)
    const led = room.every('map_edge').flatMap((is): Both<MapEdge | undefined>[] => {
      const was = before.map_edge?.get(is.id)
      const isBeside = [is.from_id, is.to_id, was?.to_id].includes(step_id) || is.id === into
      return isBeside && leadsTo(was) !== leadsTo(is) ? [{ was, is }] : []
    })
    if (led.some(({ is }) => isOthers(room, is!))) return undefined
    return () => {
      const isAsLeft = led.every(({ is }) => leadsTo(room.get('map_edge', is!.id)) === leadsTo(is))
      const ways = some(led.map(({ was, is }) => ({ edge_id: is!.id, to_id: leadsTo(was) })))
      if (!isAsLeft || !ways) return undefined
      return { command: { type: 'process_map.redirect', map_id, ways, places: placesOf(stood, room) } }
    }
  },

  'process_map.remove_lane'(before, { lane_id }, room) {
    const lane = room.get('lane', lane_id)
    const steps = lane ? stepsOf(before, lane.map_id).filter((step) => step.lane_id === lane_id) : []
    const stood = moved(steps, room)
    return () => {
      if (!room.get('lane', lane_id)?.removed_at) return undefined
      const places = placesOf(stood, room)
      return {
        command: { type: 'process_map.restore_lane', lane_id, places },
        isPart: places.length < stood.length,
      }
    }
  },

  'process_map.remove_steps'(before, { step_ids }, room) {
    const there = step_ids.filter((id) => before.map_step?.get(id)?.removed_at === null)
    return () => {
      const gone = some(there.filter((id) => room.get('map_step', id)?.removed_at))
      return gone && { command: { type: 'process_map.restore_steps', step_ids: gone } }
    }
  },

  'process_map.restore_steps'(before, { step_ids }, room) {
    const gone = step_ids.filter((id) => before.map_step?.get(id)?.removed_at)
    return () => {
      const there = some(gone.filter((id) => room.get('map_step', id)?.removed_at === null))
      return there && { command: { type: 'process_map.remove_steps', step_ids: there } }
    }
  },
}

/** The id that an import gives what stands at this place in its list. */
export function nth(first: Id, at: number): Id {
  return first.slice(0, -3) + at.toString(16).padStart(3, '0')
}

/** Whoever has only moved or connected it has not said anything of it; nor has who gave it its words again. */
function saysStill(step: MapStep, { lane: _, next: __, ...imported }: Imported): boolean {
  const { text, note, staff, ...said } = { kind: 'activity', ...NOTHING_SAID, ...imported, rev: step.rev }
  const words = { text: clean(text), note: clean(note ?? '') || null, staff: clean(staff ?? '') || null }
  return Object.entries({ ...said, ...words }).every(
    ([field, value]) => told(step[field as keyof MapStep]) === told(value),
  )
}

/** Steps of a map as they were; only these, where it was about some. */
function stepsOf(before: Tables, mapId: Id, only?: readonly { step_id: Id }[]): MapStep[] {
  const ids = only && new Set(only.map(({ step_id }) => step_id))
  const steps = [...(before.map_step?.values() ?? [])]
  return steps.filter((step) => step.map_id === mapId && !step.removed_at && (ids?.has(step.id) ?? true))
}

function both(were: readonly MapStep[], room: Standing): Both<MapStep>[] {
  return were.flatMap((was) => {
    const is = room.get('map_step', was.id)
    return is && !isOthers(room, is) ? [{ was, is }] : []
  })
}

function moved(were: readonly MapStep[], room: Standing): Both<MapStep>[] {
  return both(were, room).filter(({ was, is }) => told(placeOf(was)) !== told(placeOf(is)))
}

function backTo(map_id: Id, stood: readonly Both<MapStep>[], room: Standing): TakeBack | undefined {
  if (!stood.length) return undefined
  return () => {
    const isThere = ({ lane_id }: Place) => room.get('lane', lane_id)?.removed_at === null
    const places = some(placesOf(stood, room).filter(isThere))
    if (!places) return undefined
    return {
      command: { type: 'process_map.move_steps', map_id, places },
      isPart: places.length < stood.length,
    }
  }
}

/** Where they stood, but for those that somebody has put elsewhere since. */
function placesOf(stood: readonly Both<MapStep>[], room: Standing): Place[] {
  return stood.flatMap(({ was, is }) => {
    const now = room.get('map_step', is.id)
    return now && told(placeOf(now)) === told(placeOf(is)) ? [placeOf(was)] : []
  })
}

function placeOf({ id, lane_id, x, y, placed }: MapStep): Place {
  return { step_id: id, lane_id, x, y, placed }
}

/** What was said before, but for what somebody has said otherwise since. */
function saidBefore(
  map_id: Id,
  were: readonly MapStep[],
  room: Standing,
  groups: (step: MapStep) => readonly Field[][],
): TakeBack | undefined {
  const isSame = (a: MapStep, b: MapStep) => (field: Field) => told(a[field]) === told(b[field])
  const changed = both(were, room).flatMap(({ was, is }) => {
    const fields = groups(was).filter((group) => !group.every(isSame(was, is)))
    return fields.length ? [{ was, is, fields }] : []
  })
  if (!changed.length) return undefined
  return () => {
    let isPart = false
    const steps = changed.flatMap(({ was, is, fields }): StepSaid[] => {
      const now = room.get('map_step', was.id)
      if (!now || now.removed_at) return []
      const back = fields.filter((group) => group.every(isSame(is, now)))
      isPart ||= back.length < fields.length
      const said = Object.fromEntries(back.flat().map((field) => [field, was[field]]))
      return back.length ? [{ step_id: was.id, ...said }] : []
    })
    const said = some(steps)
    return said && { command: { type: 'process_map.set_steps', map_id, steps: said }, isPart }
  }
}

function leadsTo(edge: MapEdge | undefined): Id | null {
  return edge && !edge.removed_at ? edge.to_id : null
}

function rowsOf(room: Standing, mapId: Id): { id: Id }[] {
  const kinds = ['lane', 'map_step', 'map_edge', 'shadowing'] as const
  const map = room.get('process_map', mapId)
  const rows = kinds.flatMap((kind) => room.every(kind).filter(({ map_id }) => map_id === mapId))
  return map ? [map, ...rows] : rows
}

function isOthers(room: Standing, { id }: { id: Id }): boolean {
  const by = room.changedBy(id)
  return by !== undefined && by !== room.me?.id
}

function some<T>(list: readonly T[]): [T, ...T[]] | undefined {
  const [first, ...rest] = list
  return first === undefined ? undefined : [first, ...rest]
}

/** The same for the same, in whatever order an object names its parts. */
function told(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
