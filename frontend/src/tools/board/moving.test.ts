import { expect, test } from 'vitest'

import { card } from '../../wire/testing'
import { afterDrop, afterStep, isIn, moveCommand, placeOf, sameList, spotOf } from './moving'

const IDS = ['a', 'b', 'c']

test('a card dropped on the lower edge stands behind that card, on the upper edge before it', () => {
  expect(afterDrop(IDS, 'x', 'b', 'bottom')).toBe('b')
  expect(afterDrop(IDS, 'x', 'b', 'top')).toBe('a')
  expect(afterDrop(IDS, 'x', 'a', 'top')).toBeNull()
})

test('dropped on the list and on no card, it is the last', () => {
  expect(afterDrop(IDS, 'x', null, 'bottom')).toBe('c')
  expect(afterDrop([], 'x', null, 'bottom')).toBeNull()
})

test('a card dropped on itself stays where it is', () => {
  expect(afterDrop(IDS, 'b', 'b', 'bottom')).toBe('a')
  expect(afterDrop(IDS, 'a', 'a', 'top')).toBeNull()
})

test('within its own list a card does not stand behind itself', () => {
  expect(afterDrop(IDS, 'a', 'b', 'top')).toBeNull()
  expect(afterDrop(IDS, 'c', null, 'bottom')).toBe('b')
})

test('a card that somebody removed during the drag still has a place: the end', () => {
  expect(afterDrop(['a', 'c'], 'x', 'b', 'top')).toBe('c')
})

test('up and down by one, and not over the ends', () => {
  expect(afterStep(IDS, 'b', -1)).toBeNull()
  expect(afterStep(IDS, 'c', -1)).toBe('a')
  expect(afterStep(IDS, 'a', 1)).toBe('b')
  expect(afterStep(IDS, 'a', -1)).toBeUndefined()
  expect(afterStep(IDS, 'c', 1)).toBeUndefined()
  expect(afterStep(IDS, 'x', 1)).toBeUndefined()
})

test('a place is said as people count', () => {
  expect(placeOf(IDS, 'b')).toEqual({ at: 2, count: 3 })
})

test('undo goes back behind the card that stood before', () => {
  expect(spotOf(IDS, 'b', { column: 'value' })).toEqual({ list: { column: 'value' }, after: 'a' })
  expect(spotOf(IDS, 'a', { column: 'value' }).after).toBeNull()
})

test('a move names a column or a theme, and leaves the other as it is', () => {
  expect(moveCommand('a', { list: { column: 'vision' }, after: null })).toEqual({
    type: 'board.move_card',
    card_id: 'a',
    column: 'vision',
    after: null,
  })
  expect(moveCommand('a', { list: { theme: null }, after: 'b' })).toEqual({
    type: 'board.move_card',
    card_id: 'a',
    theme_id: null,
    after: 'b',
  })
})

test('a card is in its column and in its theme', () => {
  const one = card('one', { column: 'value', theme_id: 'first' })
  expect(isIn(one, { column: 'value' })).toBe(true)
  expect(isIn(one, { theme: 'first' })).toBe(true)
  expect(isIn(one, { theme: null })).toBe(false)
  expect(sameList({ column: 'value' }, { theme: 'value' })).toBe(false)
  expect(sameList({ theme: null }, { theme: null })).toBe(true)
})
