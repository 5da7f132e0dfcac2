/** What takes a command of process maps back. Whatever others said of a neighbour stays. */

import type { Inverse, Inverses } from '../../wire/inverse'
import type { Command, Id, Kind, Rows, Tables } from '../../wire/types'
import { lanesOf } from './predict'

export const inverses: Inverses = {
  'process_map.set_map': (before, command) =>
    asItWas(before, 'process_map', command.map_id, command, { type: command.type, map_id: command.map_id }),

  'process_map.remove_map': (_, { map_id }) =>
    of('process_map', map_id, { type: 'process_map.restore_map', map_id }),

  'process_map.restore_map': (_, { map_id }) =>
    of('process_map', map_id, { type: 'process_map.remove_map', map_id }),

  'process_map.add_lane': (_, { lane_id }) =>
    of('lane', lane_id, { type: 'process_map.remove_lane', lane_id, to_lane_id: null }),

  'process_map.rename_lane'(before, { lane_id }) {
    const name = before.lane?.get(lane_id)?.name
    return name ? of('lane', lane_id, { type: 'process_map.rename_lane', lane_id, name }) : undefined
  },

  'process_map.move_lane'(before, { lane_id }) {
    const lane = before.lane?.get(lane_id)
    if (!lane) return undefined
    const lanes = lanesOf(before, lane.map_id)
    const after = lanes[lanes.findIndex(({ id }) => id === lane_id) - 1]?.id ?? null
    return of('lane', lane_id, { type: 'process_map.move_lane', lane_id, after })
  },

  'process_map.restore_lane': (_, { lane_id }) =>
    of('lane', lane_id, { type: 'process_map.remove_lane', lane_id, to_lane_id: null }),

  'process_map.add_step': (_, { step_id }) =>
    of('map_step', step_id, { type: 'process_map.remove_steps', step_ids: [step_id] }),

  'process_map.edit_step'(before, { step_id }, after) {
    const text = before.map_step?.get(step_id)?.text
    const base_rev = after.map_step?.get(step_id)?.rev
    if (!text || base_rev === undefined) return undefined
    return of('map_step', step_id, { type: 'process_map.edit_step', step_id, text, base_rev })
  },

  'process_map.set_step': (before, command) =>
    asItWas(before, 'map_step', command.step_id, command, { type: command.type, step_id: command.step_id }),

  'process_map.connect': (_, { edge_id }) =>
    of('map_edge', edge_id, { type: 'process_map.remove_edge', edge_id }),

  'process_map.set_edge': (before, command) =>
    asItWas(before, 'map_edge', command.edge_id, command, { type: command.type, edge_id: command.edge_id }),

  'process_map.remove_edge': (_, { edge_id }) =>
    of('map_edge', edge_id, { type: 'process_map.restore_edge', edge_id }),

  'process_map.restore_edge': (_, { edge_id }) =>
    of('map_edge', edge_id, { type: 'process_map.remove_edge', edge_id }),

  'process_map.add_shadowing': (_, { shadowing_id }) =>
    of('shadowing', shadowing_id, { type: 'process_map.remove_shadowing', shadowing_id }),

  'process_map.set_shadowing'(before, command) {
    const { type, shadowing_id } = command
    return asItWas(before, 'shadowing', shadowing_id, command, { type, shadowing_id })
  },

  'process_map.restore_shadowing': (_, { shadowing_id }) =>
    of('shadowing', shadowing_id, { type: 'process_map.remove_shadowing', shadowing_id }),

  'process_map.remove_shadowing': (_, { shadowing_id }) =>
    of('shadowing', shadowing_id, { type: 'process_map.restore_shadowing', shadowing_id }),

  'process_map.add_touchpoint': (_, { touchpoint_id }) =>
    of('touchpoint', touchpoint_id, { type: 'process_map.remove_touchpoint', touchpoint_id }),

  'process_map.set_touchpoint'(before, command) {
    const { type, touchpoint_id } = command
    return asItWas(before, 'touchpoint', touchpoint_id, command, { type, touchpoint_id })
  },

  'process_map.restore_touchpoint': (_, { touchpoint_id }) =>
    of('touchpoint', touchpoint_id, { type: 'process_map.remove_touchpoint', touchpoint_id }),

  'process_map.remove_touchpoint': (_, { touchpoint_id }) =>
    of('touchpoint', touchpoint_id, { type: 'process_map.restore_touchpoint', touchpoint_id }),
}

function of(kind: Kind, id: Id, command: Command): Inverse {
  return { command, kind, id }
}

/** Only what the command said is said again as it was. */
function asItWas<K extends 'process_map' | 'map_step' | 'map_edge' | 'shadowing' | 'touchpoint'>(
  before: Tables,
  kind: K,
  id: Id,
  command: Command,
  again: Command,
): Inverse | undefined {
  const row = before[kind]?.get(id) as Rows[K] | undefined
  if (!row) return undefined
  const said = Object.keys(command).filter((field) => field !== 'type' && field in row)
  const was = Object.fromEntries(said.map((field) => [field, row[field as keyof Rows[K]]]))
  return of(kind, id, { ...was, ...again } as Command)
}
