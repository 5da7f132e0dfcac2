import { flushSync } from 'svelte'
import { beforeAll, beforeEach, expect, test } from 'vitest'

import { createRoom, type Room } from '../../room/room.svelte'
import { Undo } from '../../room/undo.svelte'
import { undoable } from '../../room/undoable.svelte'
import { tray } from '../../ui/toasts.svelte'
import { delta, hello, member, ROW, snapshot, TestServer, TestStorage, TestTimers } from '../../wire/testing'
import type { Command, MapEdge, MapStep, RowLists } from '../../wire/types'
import { speak } from '../../wire/words'
import words from '../../wire/words.gen.json'
import { nth } from './inverses-of-many'
import { NOTHING_SAID, predict } from './predict'

type Place = Extract<Command, { type: 'process_map.move_steps' }>['places'][number]

const FIRST = '00000000-0000-4000-8000-000000000fff'
const MAP = { ...ROW, id: 'm', title: 'To the first dose', state: 'current', version_of: null, rank: 'V' }

let server: TestServer
let room: Room
let undo: Undo
let seq = 10

beforeAll(() => speak(words))

beforeEach(() => {
  server = new TestServer()
  room = createRoom('sepsis', {
    open: server.open,
    timers: new TestTimers(),
    random: () => 1,
    storage: new TestStorage(),
    fetch: async () => Response.json({}),
    onWake: () => () => {},
  })
  room.learn(predict)
  undo = new Undo(room)
  seq = 10
  server.last.say(
    hello(),
    snapshot(seq, {
      member: [member('maya'), member('tom')],
      process_map: [MAP as never],
      lane: [PATIENT],
      map_step: [step('arrives', { kind: 'start' }), step('triage', { x: 164 }), step('bloods', { y: 112 })],
      map_edge: [edge('way', 'arrives', 'triage', { label: 'walks in' })],
    }),
    { type: 'at', seq },
  )
})

function step(id: string, said: Partial<MapStep> = {}): MapStep {
  const at = { map_id: 'm', lane_id: 'patient', kind: 'activity', text: id, x: 12, y: 12, placed: false }
  return { ...ROW, id, author_id: 'maya', ...at, ...NOTHING_SAID, ...said } as MapStep
}

function edge(id: string, from_id: string, to_id: string, said: Partial<MapEdge> = {}): MapEdge {
  const plain = { map_id: 'm', label: null, share: null, gone_with: null, heals: [], copy_of: null }
  return { ...ROW, id, from_id, to_id, ...plain, ...said } as MapEdge
}

/** I ask, and the server answers with these rows; the frame ends before anything else happens. */
async function does(command: Command, rows: RowLists): Promise<void> {
  room.send(command)
  await answers(rows)
}

async function answers(rows: RowLists): Promise<void> {
  const { id } = server.last.done.at(-1)!
  server.last.say({ ...delta(++seq, rows), by: 'maya' }, { type: 'ack', id, seq })
  await Promise.resolve()
}

function tom(rows: RowLists): void {
  server.last.say({ ...delta(++seq, rows), by: 'tom' })
}

function sent(): Command {
  return server.last.done.at(-1)!.command
}

const IMPORT: Command = {
  type: 'process_map.import_steps',
  map_id: 'm',
  first_id: FIRST,
  lanes: ['Laboratory'],
  steps: [
    { text: 'Sample waits', kind: 'wait', lane: 0, wait: { amount: 15, unit: 'minutes' } },
    { text: 'Analyser', lane: 0, staff: 'Lab' },
    { text: 'Result', lane: 0 },
  ],
}
const PATIENT = { ...ROW, id: 'patient', map_id: 'm', name: 'Patient', rank: 'V', from_id: null }
const LAB = { ...PATIENT, id: nth(FIRST, 0), name: 'Laboratory', rank: 'k' }
const CAME = [
  step(nth(FIRST, 0), { text: 'Sample waits', kind: 'wait', wait: { unit: 'minutes', amount: 15 } }),
  step(nth(FIRST, 1), { text: 'Analyser', staff: 'Lab' }),
  step(nth(FIRST, 2), { text: 'Result' }),
]

test('a wrong table is taken back by one press, but for the step that somebody has worked on', async () => {
  await does(IMPORT, { lane: [LAB], map_step: CAME })
  tom({
    map_step: [
      { ...CAME[1]!, text: 'Blood gas analyser', rev: 1 },
      { ...CAME[2]!, x: 500, placed: true },
    ],
  })
  undo.press()
  expect(sent()).toEqual({
    type: 'process_map.remove_steps',
    step_ids: [nth(FIRST, 0), nth(FIRST, 2)],
    lane_ids: [nth(FIRST, 0)],
  })
  expect(tray.current?.text).toContain('What others have gone on with stays.')
})

test('what is wanted back before the server has answered goes as soon as it has', async () => {
  room.send(IMPORT)
  undo.press()
  expect(sent().type).toBe('process_map.import_steps')
  expect(tray.current?.text).toContain('bringing in steps from a table')
  await answers({ lane: [LAB], map_step: CAME })
  expect(sent().type).toBe('process_map.remove_steps')
  expect(undoable.what).toBeNull()
})

test('what was tidied stands where it stood, but for what somebody has moved since', async () => {
  const tidied = [step('triage', { x: 316 }), step('bloods', { x: 164 })]
  await does({ type: 'process_map.tidy_map', map_id: 'm' }, { map_step: tidied })
  tom({ map_step: [step('triage', { x: 400, placed: true })] })
  undo.press()
  const places = [{ step_id: 'bloods', lane_id: 'patient', x: 12, y: 112, placed: false }]
  expect(sent()).toEqual({ type: 'process_map.move_steps', map_id: 'm', places })
})

test('tidying what is tidy is nothing to take back', async () => {
  await does({ type: 'process_map.tidy_map', map_id: 'm' }, {})
  expect(undoable.what).toBeNull()
})

test('on a line on which rows come after the answer, they are waited for', async () => {
  tom({ map_step: [step('triage', { x: 164, text: 'Triage and screen', rev: 1 })] })
  const places: [Place] = [{ step_id: 'triage', lane_id: 'patient', x: 500, y: 12 }]
  room.send({ type: 'process_map.move_steps', map_id: 'm', places })
  server.last.say({ type: 'ack', id: server.last.done.at(-1)!.id, seq: ++seq })
  await Promise.resolve()
  undo.press()
  expect(sent()).toMatchObject({ places: [{ x: 500 }] })
  const at = { x: 500, placed: true, text: 'Triage and screen', rev: 1 }
  server.last.say({ ...delta(seq, { map_step: [step('triage', at)] }), by: 'maya' })
  flushSync()
  expect(sent()).toMatchObject({ places: [{ x: 164, placed: false }] })
  await answers({ map_step: [step('triage', { x: 164 })] })

  room.send({ type: 'process_map.tidy_map', map_id: 'm' })
  server.last.say({ type: 'ack', id: server.last.done.at(-1)!.id, seq: ++seq })
  await Promise.resolve()
  expect(undoable.what).toBeNull()
  server.last.say({ ...delta(seq, { map_step: [step('triage', { x: 316 })] }), by: 'maya' })
  flushSync()
  undo.press()
  expect(sent()).toMatchObject({ places: [{ step_id: 'triage', x: 164 }] })
})

test('a lane comes back with its steps where they stood, but for one that somebody has given to another lane', async () => {
  const taken = [step('triage', { x: 164, lane_id: 'ward' }), step('bloods', { y: 212, lane_id: 'ward' })]
  await does(
    { type: 'process_map.remove_lane', lane_id: 'patient', to_lane_id: 'ward' },
    { lane: [{ ...PATIENT, removed_at: '2026-11-26T13:13:00.000Z' }], map_step: taken },
  )
  tom({ map_step: [step('triage', { x: 164, lane_id: 'pharmacy' })] })
  undo.press()
  const places = [{ step_id: 'bloods', lane_id: 'patient', x: 12, y: 112, placed: false }]
  expect(sent()).toEqual({ type: 'process_map.restore_lane', lane_id: 'patient', places })
})

test('times that were filled in give way to what was there, where nobody has said another one since', async () => {
  const minutes = (amount: number) => ({ amount, unit: 'minutes' as const })
  const filled = { wait: minutes(20), shadowed: 3, low: minutes(5), high: minutes(40) }
  const rows = [step('triage', { x: 164, ...filled }), step('bloods', { y: 112, ...filled })]
  await does({ type: 'process_map.fill_waits', map_id: 'm' }, { map_step: rows })
  tom({ map_step: [{ ...rows[0]!, high: minutes(90), process: minutes(1) }] })
  undo.press()
  const nothing = { wait: null, shadowed: null, low: null, high: null }
  const steps = [
    { step_id: 'triage', wait: null },
    { step_id: 'bloods', ...nothing },
  ]
  expect(sent()).toEqual({ type: 'process_map.set_steps', map_id: 'm', steps })
})

test('a step that was dropped on an arrow goes back to where it lay, and the arrow leads on', async () => {
  const spot = { lane_id: 'patient', x: 88, y: 12 }
  const edge_id = 'on'
  await does(
    { type: 'process_map.move_into', step_id: 'bloods', into: 'way', edge_id, spot },
    {
      map_step: [step('bloods', { ...spot, placed: true })],
      map_edge: [edge('way', 'arrives', 'bloods', { label: 'walks in' }), edge('on', 'bloods', 'triage')],
    },
  )
  undo.press()
  expect(sent()).toEqual({
    type: 'process_map.redirect',
    map_id: 'm',
    ways: [
      { edge_id: 'on', to_id: null },
      { edge_id: 'way', to_id: 'triage' },
    ],
    places: [{ step_id: 'bloods', lane_id: 'patient', x: 12, y: 112, placed: false }],
  })
  const leads = (id: string) =>
    room.get('map_edge', id)!.removed_at ? null : room.get('map_edge', id)!.to_id
  expect([leads('way'), leads('on'), room.get('map_step', 'bloods')!.x]).toEqual(['triage', null, 12])
})

test('a copy goes as long as nobody else has drawn on it', async () => {
  const copy = { ...MAP, id: 'copy', version_of: 'm' }
  const copying = {
    type: 'process_map.copy_map',
    map_id: 'm',
    new_id: 'copy',
    title: 'x',
    state: 'ideal',
  } as const
  const copied = step('t', { map_id: 'copy', from_id: 'triage' })
  await does(copying, { process_map: [copy as never], map_step: [copied] })
  tom({ map_step: [step('new', { map_id: 'copy' })] })
  const before = server.last.done.length
  undo.press()
  expect(server.last.done).toHaveLength(before)
  expect(tray.current?.text).toContain('Somebody has changed it since')

  await does({ ...copying, new_id: 'again' }, { process_map: [{ ...copy, id: 'again' } as never] })
  undo.press()
  expect(sent()).toEqual({ type: 'process_map.remove_map', map_id: 'again' })
})

test('several that were judged at once are as they were, each for itself', async () => {
  const said = (step_id: string) => ({ step_id, value: 'adding' as const })
  const rows = [step('triage', { x: 164, value: 'adding' }), step('bloods', { y: 112, value: 'adding' })]
  await does(
    { type: 'process_map.set_steps', map_id: 'm', steps: [said('triage'), said('bloods')] },
    { map_step: rows },
  )
  tom({ map_step: [{ ...rows[0]!, value: 'not_adding' }] })
  undo.press()
  expect(sent()).toMatchObject({ steps: [{ step_id: 'bloods', value: null }] })
})
