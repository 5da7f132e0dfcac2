import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { between } from './rank'

const VECTORS = `${import.meta.dirname}/../../../tests/vectors`

interface Vector {
  low: string | null
  high: string | null
  rank: string
}

test.each([
  [null, null],
  [null, 'V'],
  [null, '1'],
  [null, '0V'],
  ['V', null],
  ['z', null],
  ['zzz', null],
  ['A', 'B'],
  ['A', 'A1'],
  ['AV', 'B'],
  ['Az', 'B'],
  ['a0V', 'a1'],
  ['Z', 'a'],
])('there is a place between %s and %s', (low, high) => {
  const rank = between(low, high)
  if (low !== null) expect(rank > low).toBe(true)
  if (high !== null) expect(rank < high).toBe(true)
})

test('there is always one more place, wherever people keep inserting', () => {
  let seed = 7
  const ranks = ['V']
  for (let n = 0; n < 500; n += 1) {
    seed = (seed * 48271) % 2147483647
    const at = seed % (ranks.length + 1)
    ranks.splice(at, 0, between(ranks[at - 1] ?? null, ranks[at] ?? null))
  }
  expect(ranks).toEqual([...new Set(ranks)].sort())
})

test('between two equal ranks it goes behind both', () => {
  expect(between('V', 'V') > 'V').toBe(true)
})

test('places fit between all the ranks that the server gives', () => {
  const vectors = JSON.parse(readFileSync(`${VECTORS}/rank.json`, 'utf-8')) as Vector[]
  expect(vectors).not.toEqual([])
  for (const { low, high, rank } of vectors) {
    const mine = between(low, high)
    expect(low === null || low < mine, `${low} < ${mine}`).toBe(true)
    expect(high === null || mine < high, `${mine} < ${high}`).toBe(true)
    if (low !== null) expect(between(low, rank) > low).toBe(true)
  }
})
