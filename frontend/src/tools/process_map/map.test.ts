import { expect, test } from 'vitest'

import catalogue from '../../wire/words.gen.json'
import type { MapEdge, MapPath, MapStep, MapTotals, Tables } from '../../wire/types'
import { speak } from '../../wire/words'
import { isSlow, segmentsOf, sentence } from './figures'
import { inOrder, lastOpen, likelySpot } from './map'
import { predict } from './predict'
import { readTime, timeWords, wordsIn } from './times'

speak(catalogue as Record<string, string>)

function step(id: string, said: Partial<MapStep> = {}): MapStep {
  return { id, map_id: 'm', kind: 'activity', text: id, removed_at: null, x: 12, y: 12, ...said } as MapStep
}

function edge(from_id: string, to_id: string, said: Partial<MapEdge> = {}): MapEdge {
  const id = `${from_id}-${to_id}`
  const plain = { label: null, share: null, heals: [], gone_with: null, removed_at: null, created_at: id }
  return { id, map_id: 'm', from_id, to_id, ...plain, ...said } as unknown as MapEdge
}

const WAY = [
  step('arrives', { kind: 'start' }),
  step('flag', { kind: 'decision' }),
  step('bloods'),
  step('home'),
]
const EDGES = [
  edge('arrives', 'flag'),
  edge('flag', 'home', { share: 0.3 }),
  edge('flag', 'bloods', { share: 0.7 }),
]
const ids = (steps: readonly { id: string }[]) => steps.map(({ id }) => id)

test('steps are listed as the patient meets them, the likelier way first, and what nothing leads to last', () => {
  const { order, reached } = inOrder([step('lost'), ...[...WAY].reverse()], EDGES)
  expect(ids(order)).toEqual(['arrives', 'flag', 'bloods', 'home', 'lost'])
  expect(reached.has('lost')).toBe(false)
})

test('where ways meet again, what follows stands after all of them, and a way back stops nobody', () => {
  const edges = [...EDGES, edge('bloods', 'dose'), edge('home', 'dose'), edge('dose', 'flag')]
  expect(ids(inOrder([...WAY, step('dose')], edges).order)).toEqual([
    'arrives',
    'flag',
    'bloods',
    'home',
    'dose',
  ])
})

test('a new step goes between two others, but out of a decision another way', () => {
  expect(likelySpot(EDGES, WAY[0])).toEqual({ after: 'arrives', into: 'arrives-flag' })
  expect(likelySpot(EDGES, WAY[1])).toEqual({ after: 'flag', into: null })
  expect(lastOpen({ steps: WAY, edges: EDGES })?.id).toBe('home')
})

test('a time is read as people type it, and kept so', () => {
  expect(readTime(' 20 ', 'minutes')).toEqual({ amount: 20, unit: 'minutes' })
  expect(readTime('1,5 h', 'minutes')).toEqual({ amount: 1.5, unit: 'hours' })
  expect(readTime('2 days', 'hours')).toEqual({ amount: 2, unit: 'days' })
  expect(readTime('', 'minutes')).toBeNull()
  expect(readTime('soon', 'minutes')).toBeUndefined()
  expect(timeWords({ amount: 1, unit: 'hours' })).toBe('1 hour')
  expect(wordsIn(95, 'hours')).toBe('1.6 hours')
})

test('the figures are one sentence, and a strip of waits and work to scale', () => {
  const totals = { lead: 128, wait: 95, adding: 30, adding_percent: 23.44, partial: false }
  const minutes = (amount: number) => ({ amount, unit: 'minutes' as const })
  const bloods = step('bloods', { wait: minutes(20), process: minutes(10) })
  const queue = step('queue', { kind: 'wait', wait: { amount: 0.5, unit: 'hours' }, process: minutes(9) })
  const path = { step_ids: ['bloods', 'queue'], shares: [0.5, 1.25] } as MapPath
  const said = sentence(totals as unknown as MapTotals, 'minutes')
  expect(said?.waits).toBe('Of 128 minutes, the patient waits for 95.')
  expect(sentence({ ...totals, lead: 33, wait: null } as unknown as MapTotals, 'minutes')?.waits).toBe(
    '33 minutes known so far. Nobody has said yet how long the patient waits.',
  )
  expect(said?.helps).toBe('Only 30 are care that helps: 23\u00a0%.')
  const segments = segmentsOf({ steps: [...WAY.slice(0, 2), bloods, queue], path })
  expect(segments.map(({ step, use, minutes }) => [step.id, use, minutes])).toEqual([
    ['bloods', 'wait', 10],
    ['bloods', 'unsaid', 5],
    ['queue', 'wait', 37.5],
  ])
})

test('a step is slow where the totals name it, or count it behind those that they name', () => {
  const takes = (amount: number) => step('bloods', { process: { amount, unit: 'hours' } })
  const path = { step_ids: ['bloods'], shares: [1] } as MapPath
  const few = { slow: ['bloods'], slow_more: 0, slow_from: 4.2 } as unknown as MapTotals
  expect(isSlow({ totals: few, path }, takes(0.06))).toBe(true)
  const many = { slow: ['home'], slow_more: 9, slow_from: 4.2 } as unknown as MapTotals
  expect(isSlow({ totals: many, path }, takes(0.07))).toBe(true)
  expect(isSlow({ totals: many, path }, takes(0.06))).toBe(false)
  expect(isSlow({ totals: many, path: undefined }, takes(2))).toBe(false)
})

const TABLES = {
  map_step: new Map(WAY.map((one) => [one.id, one])),
  map_edge: new Map(EDGES.map((one) => [one.id, one])),
} as unknown as Tables
const ASK = { id: 'c', me: 'maya', now: '2026-01-01T00:00:00.000Z' }

test('a step that goes leaves the way whole, and one that moves earlier changes places', () => {
  const gone = predict['process_map.remove_steps']!(
    {
      ...TABLES,
      map_edge: new Map([
        ['a', edge('arrives', 'flag')],
        ['b', edge('flag', 'bloods')],
      ]),
    } as Tables,
    { type: 'process_map.remove_steps', step_ids: ['flag'] },
    ASK,
  )
  expect(gone?.map_edge?.at(-1)).toMatchObject({ from_id: 'arrives', to_id: 'bloods', heals: ['flag'] })
  const moved = predict['process_map.move_into']!(
    TABLES,
    { type: 'process_map.move_into', step_id: 'bloods', into: 'arrives-flag' },
    ASK,
  )
  expect(moved?.map_edge?.[0]).toMatchObject({ from_id: 'arrives', to_id: 'bloods' })
})

test('what is said of a step changes nothing else of it', () => {
  const said = predict['process_map.set_step']!(
    TABLES,
    { type: 'process_map.set_step', step_id: 'bloods', hot: true },
    ASK,
  )
  expect(said?.map_step?.[0]).toEqual({ ...WAY[2], hot: true })
})
