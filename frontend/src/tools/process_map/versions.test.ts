import { expect, test } from 'vitest'

import type { MapChange, ProcessMap, Rows } from '../../wire/types'
import catalogue from '../../wire/words.gen.json'
import { speak } from '../../wire/words'
import { saidAgainst, titleOfNext } from './versions'

speak(catalogue as Record<string, string>)

const titles = {
  first: 'To the dose',
  second: 'To the dose, version 2',
  ideal: 'To the dose, as it should be',
}
const maps = Object.entries({ ...titles, other: 'Discharge' }).map(
  ([id, title]) => ({ id, title }) as ProcessMap,
)
const changes = [
  { id: 'second', was_id: 'first', apart: false },
  { id: 'ideal', was_id: 'second', apart: false },
  { id: 'other', was_id: 'first', apart: true },
] as MapChange[]
const tables: Partial<Record<keyof Rows, readonly { id: string }[]>> = {
  process_map: maps,
  map_change: changes,
}
const room = {
  every: <K extends keyof Rows>(kind: K) => (tables[kind] ?? []) as Rows[K][],
  get: <K extends keyof Rows>(kind: K, id: string) =>
    tables[kind]?.find((row) => row.id === id) as Rows[K] | undefined,
}

test('versions are counted on from the first one, and one that was drawn apart is none of them', () => {
  const [first, second, ideal, other] = maps as [ProcessMap, ProcessMap, ProcessMap, ProcessMap]
  expect(titleOfNext({ ...room, every: () => [first] as never[] }, first, 'current')).toBe(
    'To the dose, version 2',
  )
  for (const map of [first, second, ideal]) {
    expect(titleOfNext(room, map, 'current')).toBe('To the dose, version 3')
    expect(titleOfNext(room, map, 'ideal')).toBe('To the dose, as it should be (2)')
  }
  expect(titleOfNext(room, other, 'current')).toBe('Discharge, version 2')
})

test('a wall says what is saved beside which map, and that times are missing; of one that was put away nothing', () => {
  const change = {
    id: 'second',
    was_id: 'first',
    apart: false,
    saved: 60,
    saved_wait: 75,
    saved_percent: 46.9,
  }
  const was = { id: 'first', title: 'To the dose', removed_at: null as string | null }
  const map = { id: 'second', unit: 'minutes' } as ProcessMap
  const reads = (partial: boolean) => ({
    get: (kind: string) => (kind === 'process_map' ? was : { ...change, partial }) as never,
  })
  const said = 'Beside “To the dose”: It saves 60 min, that is 47\u00a0%. The patient waits 75 min less.'
  expect(saidAgainst(reads(false), map)).toBe(said)
  expect(saidAgainst(reads(true), map)).toContain('Partial')
  was.removed_at = '2026-11-26T12:00:00.000Z'
  expect(saidAgainst(reads(false), map)).toBeUndefined()
})
