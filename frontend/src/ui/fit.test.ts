import { expect, test } from 'vitest'

import { firstThatFits, fits, pageOf } from './fit'

const ONE = { columns: 1, height: 100, gap: 10 }
const TWO = { ...ONE, columns: 2 }

test('what fits counts the gaps between', () => {
  expect(fits([45, 45], ONE)).toBe(true)
  expect(fits([46, 45], ONE)).toBe(false)
  expect(fits([], ONE)).toBe(true)
})

test('a second column is filled when the first is full', () => {
  expect(fits([60, 50, 40], TWO)).toBe(true)
  expect(fits([60, 50, 60], TWO)).toBe(false)
})

test('of a list that is too long the end is shown', () => {
  expect(firstThatFits([40, 40, 40, 40], 4, ONE)).toBe(2)
  expect(firstThatFits([40, 40], 2, ONE)).toBe(0)
  expect(firstThatFits([], 0, ONE)).toBe(0)
})

test('one that is higher than the wall is shown all the same', () => {
  expect(firstThatFits([40, 200], 2, ONE)).toBe(1)
})

test('turning back shows what came before, and stops at the beginning', () => {
  const heights = [40, 40, 40, 40, 40]
  expect(pageOf(heights, 0, ONE)).toEqual({ from: 3, to: 5 })
  expect(pageOf(heights, 1, ONE)).toEqual({ from: 1, to: 3 })
  expect(pageOf(heights, 2, ONE)).toEqual({ from: 0, to: 1 })
  expect(pageOf(heights, 9, ONE)).toEqual({ from: 0, to: 1 })
})
