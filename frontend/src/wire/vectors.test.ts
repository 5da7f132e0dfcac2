import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { Replica } from './replica'
import type { At, Delta, Snapshot, Tables } from './types'

const FOLDER = `${import.meta.dirname}/../../../tests/vectors`

interface Vector {
  name: string
  steps: Record<string, Snapshot | Delta | At>[]
  expect: { seq: number; rows: Record<string, Record<string, unknown>> }
}

const vectors = readdirSync(FOLDER)
  .filter((file) => file.startsWith('replica') && file.endsWith('.json'))
  .flatMap((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf-8')) as Vector[])

/** Kinds without rows left out, as in the vectors. */
function rowsOf(tables: Tables): Vector['expect']['rows'] {
  const filled = Object.entries(tables).filter(([, table]) => table.size > 0)
  return Object.fromEntries(filled.map(([kind, table]) => [kind, Object.fromEntries(table)]))
}

test('there are vectors, made by the server', () => {
  expect(vectors).not.toEqual([])
})

test.each(vectors)('R1 R4 $name holds the same rows here as in the server’s own replica', (vector) => {
  const replica = new Replica()
  for (const step of vector.steps) Object.values(step).forEach((message) => replica.receive(message))
  expect(replica.resume?.seq).toBe(vector.expect.seq)
  expect(rowsOf(replica.tables)).toEqual(vector.expect.rows)
})
