import { expect, test } from 'vitest'

import type { MapChange, ProcessMap, Rows } from '../../wire/types'
import catalogue from '../../wire/words.gen.json'
import { speak } from '../../wire/words'
import { titleOfNext } from './versions'

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
