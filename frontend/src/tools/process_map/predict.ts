/** What the commands of process maps will probably do. Sums come from the server: they are counted once. */

import { added, born, changed, clean, type Predictions, rows } from '../../wire/predict'
import { between, compare } from '../../wire/rank'
import type {
  Command,
  Id,
  Lane,
  MapEdge,
  MapStep,
  ProcessMap,
  Shadowing,
  Tables,
  Touchpoint,
} from '../../wire/types'
import { lowered } from './geometry'
import { freeY, PITCH } from './map'
import { healed } from './ways'

type Place = Extract<Command, { type: 'process_map.move_steps' }>['places'][number]

export const predict: Predictions = {
  'process_map.add_map'(tables, { map_id, title, unit = 'minutes' }, { me, now }) {
    return added(tables, 'process_map', {
      ...born(map_id, now),
      title: clean(title),
      state: 'current',
      unit,
      version_of: null,
      demand: null,
      available: null,
      rank: lastRank([...(tables.process_map?.values() ?? [])]),
      author_id: me,
      agreed_at: null,
    })
  },

  'process_map.set_map': (tables, { map_id, type: _, ...said }) =>
    changed(tables, 'process_map', map_id, worded(said, 'title') as Partial<ProcessMap>),

  'process_map.remove_map': (tables, { map_id }, { now }) =>
    changed(tables, 'process_map', map_id, { removed_at: now }),

  'process_map.restore_map'(tables, { map_id }) {
    const map = tables.process_map?.get(map_id)
    return map && rows('process_map', { ...map, removed_at: null })
  },

  'process_map.add_lane'(tables, { map_id, lane_id, name }, { now }) {
    const rank = lastRank(lanesOf(tables, map_id))
    return added(tables, 'lane', { ...born(lane_id, now), map_id, name: clean(name), rank, from_id: null })
  },

  'process_map.rename_lane': (tables, { lane_id, name }) =>
    changed(tables, 'lane', lane_id, { name: clean(name) }),

  'process_map.move_lane'(tables, { lane_id, after }) {
    const lane = tables.lane?.get(lane_id)
    if (!lane) return undefined
    const others = lanesOf(tables, lane.map_id).filter(({ id }) => id !== lane_id)
    const at = others.findIndex(({ id }) => id === after)
    if (after !== null && at < 0) return undefined
    const rank = between(others[at]?.rank ?? null, others[at + 1]?.rank ?? null)
    return changed(tables, 'lane', lane_id, { rank })
  },

  'process_map.remove_lane'(tables, { lane_id, to_lane_id }, { now }) {
    const lane = tables.lane?.get(lane_id)
    const put = changed(tables, 'lane', lane_id, { removed_at: now })
    if (!lane || !put) return undefined
    const steps = stepsOf(tables, lane.map_id).filter((step) => step.lane_id === lane_id)
    if (steps.length && to_lane_id === null) return undefined
    return { ...put, map_step: steps.map((step) => ({ ...step, lane_id: to_lane_id! })) }
  },

  'process_map.restore_lane'(tables, { lane_id, places = [] }) {
    const lane = tables.lane?.get(lane_id)
    return lane && { lane: [{ ...lane, removed_at: null }], map_step: placed(tables, places) }
  },

  'process_map.add_step'(tables, command, { me, now }) {
    const { map_id, step_id, lane_id, kind, text, after, into, edge_id } = command
    const split = into ? tables.map_edge?.get(into) : undefined
    const before = tables.map_step?.get(split?.from_id ?? after ?? '')
    if ((into && !split) || (after && !before)) return undefined
    const steps = stepsOf(tables, map_id)
    const x =
      command.x ?? (before ? before.x + PITCH : endOf(steps.filter((step) => step.lane_id === lane_id)))
    const step: MapStep = {
      ...born(step_id, now),
      map_id,
      lane_id,
      kind,
      text: clean(text),
      x,
      y: command.y ?? freeY(steps, lane_id, x) + lowered(kind),
      placed: typeof command.x === 'number' && typeof command.y === 'number',
      ...NOTHING_SAID,
      process: command.process ?? null,
      wait: command.wait ?? null,
      author_id: me,
    }
    const put = added(tables, 'map_step', step)
    if (!put || !before) return put
    const arrow = { ...born(edge_id ?? step_id, now), map_id, ...PLAIN }
    const edges: MapEdge[] = split
      ? [
          { ...split, to_id: step_id, heals: [] },
          { ...arrow, from_id: step_id, to_id: split.to_id },
        ]
      : [{ ...arrow, from_id: before.id, to_id: step_id }]
    return { ...put, map_edge: edges }
  },

  'process_map.edit_step'(tables, { step_id, text, base_rev }) {
    const step = tables.map_step?.get(step_id)
    if (step?.rev !== base_rev) return undefined
    return changed(tables, 'map_step', step_id, {
      text: clean(text),
      rev: step.rev + 1,
      redacted_at: null,
    })
  },

  'process_map.set_step'(tables, { step_id, type: _, ...said }) {
    const step = tables.map_step?.get(step_id)
    if (!step) return undefined
    const lane_id = said.lane_id ?? step.lane_id
    const isMoved = lane_id !== step.lane_id
    const y = isMoved ? freeY(stepsOf(tables, step.map_id), lane_id, step.x) + lowered(step.kind) : step.y
    return changed(tables, 'map_step', step_id, { ...(worded(said, 'note', 'staff') as Partial<MapStep>), y })
  },

  'process_map.move_steps': (tables, { places }) => rows('map_step', ...placed(tables, places)),

  'process_map.set_steps'(tables, { steps }) {
    const said = steps.flatMap(({ step_id, ...facts }) => {
      const step = tables.map_step?.get(step_id)
      return step && step.removed_at === null ? [{ ...step, ...(facts as Partial<MapStep>) }] : []
    })
    return rows('map_step', ...said)
  },

  'process_map.redirect'(tables, { ways, places = [] }, { now }) {
    const edges = ways.flatMap(({ edge_id, to_id }) => {
      const edge = tables.map_edge?.get(edge_id)
      if (!edge) return []
      const there = to_id === null ? { removed_at: now } : { removed_at: null, to_id }
      return [{ ...edge, ...there, gone_with: null }]
    })
    return { map_edge: edges, map_step: placed(tables, places) }
  },

  'process_map.move_into'(tables, { step_id, into, edge_id, spot }, { now }) {
    const step = tables.map_step?.get(step_id)
    const edges = step ? edgesOf(tables, step.map_id) : []
    const split = edges.find(({ id }) => id === into)
    if (!step || !split || split.from_id === step_id || split.to_id === step_id) return undefined
    const ledIn = edges.filter(({ to_id }) => to_id === step_id)
    const [ledOut, ...others] = edges.filter(({ from_id }) => from_id === step_id)
    if (ledIn.length > 1 || others.length) return undefined
    const arrow = { ...born(edge_id ?? step_id, now), map_id: step.map_id, ...PLAIN, from_id: step_id }
    return {
      map_step: [spot ? { ...step, placed: true, ...spot } : step],
      map_edge: [
        { ...split, to_id: step_id, heals: [] },
        ...ledIn.map((edge) => (ledOut ? { ...edge, to_id: ledOut.to_id } : { ...edge, removed_at: now })),
        { ...(ledOut ?? arrow), to_id: split.to_id },
      ],
    }
  },

  'process_map.remove_steps'(tables, { step_ids, lane_ids = [] }, { id, now }) {
    const gone = step_ids.flatMap((stepId) => tables.map_step?.get(stepId) ?? [])
    const steps = gone
      .filter(({ removed_at }) => removed_at === null)
      .map((step) => ({ ...step, removed_at: now }))
    if (!steps.length) return undefined
    const ids = new Set(steps.map((step) => step.id))
    const edges = edgesOf(tables, steps[0]!.map_id)
    const withThem = edges
      .filter((edge) => ids.has(edge.from_id) || ids.has(edge.to_id))
      .map((edge) => ({
        ...edge,
        removed_at: now,
        gone_with: ids.has(edge.from_id) ? edge.from_id : edge.to_id,
      }))
    const arrow = { ...born(id, now), map_id: steps[0]!.map_id, ...PLAIN }
    const { map_id } = arrow
    const left = new Set(stepsOf(tables, map_id).flatMap((step) => (ids.has(step.id) ? [] : [step.lane_id])))
    const lanes = lanesOf(tables, map_id)
      .filter((lane) => lane_ids.includes(lane.id) && !left.has(lane.id))
      .map((lane) => ({ ...lane, removed_at: now }))
    return { map_step: steps, map_edge: [...withThem, ...healed(edges, ids, arrow)], lane: lanes }
  },

  'process_map.restore_steps'(tables, { step_ids }, { now }) {
    const steps = step_ids
      .flatMap((stepId) => tables.map_step?.get(stepId) ?? [])
      .map((step) => ({ ...step, removed_at: null }))
    if (!steps.length) return undefined
    const ids = new Set<Id>(step_ids)
    const isThere = (id: Id) => ids.has(id) || tables.map_step?.get(id)?.removed_at === null
    const every = [...(tables.map_edge?.values() ?? [])].filter(({ map_id }) => map_id === steps[0]!.map_id)
    const back = every
      .filter(
        ({ gone_with, from_id, to_id }) =>
          gone_with && ids.has(gone_with) && isThere(from_id) && isThere(to_id),
      )
      .map((edge) => ({ ...edge, removed_at: null, gone_with: null }))
    const given = every
      .filter(({ heals, removed_at }) => removed_at === null && heals.some((id) => ids.has(id)))
      .map((edge) => ({ ...edge, removed_at: now }))
    return { map_step: steps, map_edge: [...back, ...given] }
  },

  'process_map.connect'(tables, { edge_id, from_id, to_id, label = null, share = null }, { now }) {
    const from = tables.map_step?.get(from_id)
    if (!from || from_id === to_id) return undefined
    const isThere = edgesOf(tables, from.map_id).some(
      (edge) => edge.from_id === from_id && edge.to_id === to_id,
    )
    if (isThere) return undefined
    const arrow = { ...born(edge_id, now), map_id: from.map_id, ...PLAIN }
    return added(tables, 'map_edge', { ...arrow, from_id, to_id, label: label && clean(label), share })
  },

  'process_map.set_edge': (tables, { edge_id, type: _, ...said }) =>
    changed(tables, 'map_edge', edge_id, worded(said, 'label')),

  'process_map.remove_edge': (tables, { edge_id }, { now }) =>
    changed(tables, 'map_edge', edge_id, { removed_at: now }),

  'process_map.restore_edge'(tables, { edge_id }) {
    const edge = tables.map_edge?.get(edge_id)
    return edge && rows('map_edge', { ...edge, removed_at: null, gone_with: null })
  },

  'process_map.add_shadowing'(tables, { shadowing_id, map_id, day, note = null }, { me, now }) {
    const before = [...(tables.shadowing?.values() ?? [])].filter((one) => one.map_id === map_id).length
    const letter = String.fromCharCode(65 + (before % 26))
    const said = { map_id, letter, consent: true, observer_id: me, day, note }
    return added(tables, 'shadowing', { ...born(shadowing_id, now), ...said })
  },

  'process_map.set_shadowing': (tables, { shadowing_id, type: _, ...said }) =>
    changed(tables, 'shadowing', shadowing_id, worded(said, 'note') as Partial<Shadowing>),

  'process_map.restore_shadowing'(tables, { shadowing_id }) {
    const shadowing = tables.shadowing?.get(shadowing_id)
    return shadowing && rows('shadowing', { ...shadowing, removed_at: null })
  },

  'process_map.remove_shadowing': (tables, { shadowing_id }, { now }) =>
    changed(tables, 'shadowing', shadowing_id, { removed_at: now }),

  'process_map.add_touchpoint'(tables, { touchpoint_id, type: _, ...said }, { now }) {
    const { shadowing_id, at } = said
    const others = [...(tables.touchpoint?.values() ?? [])].filter((one) => one.shadowing_id === shadowing_id)
    const nothing = {
      step_id: null,
      waited: null,
      minutes: null,
      place: null,
      who: null,
      feeling: null,
      quote: null,
    }
    const row = { ...born(touchpoint_id, now), ...nothing, ...said, at, rank: lastRank(others) }
    return added(tables, 'touchpoint', row)
  },

  'process_map.set_touchpoint': (tables, { touchpoint_id, type: _, ...said }) =>
    changed(
      tables,
      'touchpoint',
      touchpoint_id,
      worded(said, 'what', 'place', 'who', 'quote') as Partial<Touchpoint>,
    ),

  'process_map.restore_touchpoint'(tables, { touchpoint_id }) {
    const touchpoint = tables.touchpoint?.get(touchpoint_id)
    return touchpoint && rows('touchpoint', { ...touchpoint, removed_at: null })
  },

  'process_map.remove_touchpoint': (tables, { touchpoint_id }, { now }) =>
    changed(tables, 'touchpoint', touchpoint_id, { removed_at: now }),
}

/** Of a step that is only worded. */
export const NOTHING_SAID = {
  note: null,
  process: null,
  wait: null,
  complete: null,
  volume: null,
  staff: null,
  value: null,
  shadowed: null,
  low: null,
  high: null,
  hot: false,
  card_ids: [],
  from_id: null,
  rev: 0,
}

const PLAIN = { label: null, share: null, gone_with: null, heals: [], copy_of: null }

function live<R extends { map_id: Id; removed_at: string | null }>(
  table: ReadonlyMap<Id, R> | undefined,
  mapId: Id,
): R[] {
  return [...(table?.values() ?? [])].filter(
    ({ map_id, removed_at }) => map_id === mapId && removed_at === null,
  )
}

function stepsOf(tables: Tables, mapId: Id): MapStep[] {
  return live(tables.map_step, mapId)
}

export function edgesOf(tables: Tables, mapId: Id): MapEdge[] {
  return live(tables.map_edge, mapId)
}

export function lanesOf(tables: Tables, mapId: Id): Lane[] {
  return live(tables.lane, mapId).sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id))
}

function placed(tables: Tables, places: readonly Place[]): MapStep[] {
  return places.flatMap(({ step_id, placed = true, ...place }) => {
    const step = tables.map_step?.get(step_id)
    return step && step.removed_at === null ? [{ ...step, ...place, placed }] : []
  })
}

function endOf(steps: readonly MapStep[]): number {
  return steps.reduce((end, { x }) => Math.max(end, x + PITCH), 12)
}

function lastRank(ranked: readonly { rank: string }[]): string {
  const last = ranked.reduce<string | null>(
    (last, { rank }) => (last === null || rank > last ? rank : last),
    null,
  )
  return between(last, null)
}

/** What is said of these as the server keeps it; the rest as it is. */
function worded<S extends object>(said: S, ...texts: readonly (keyof S)[]): S {
  const kept = { ...said }
  for (const name of texts) {
    const text = kept[name]
    if (typeof text === 'string') kept[name] = (clean(text) || null) as S[typeof name]
  }
  return kept
}
