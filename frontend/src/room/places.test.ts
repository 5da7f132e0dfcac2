import { expect, test } from 'vitest'

import { placeAt, placeOf } from './places'

test('a fragment names a place and what of it', () => {
  expect(placeAt('#board/value')).toEqual({ view: 'board/value', name: 'board', at: 'value' })
  expect(placeAt('#roadmap')).toEqual({ view: 'roadmap', name: 'roadmap', at: '' })
})

test('nonsense in the fragment is no place', () => {
  expect(placeAt('')).toBeNull()
  expect(placeAt('#<script>')).toBeNull()
  expect(placeAt('#board/value/more')).toBeNull()
})

test.each([
  ['board:value', 'board/value'],
  ['themes', 'themes'],
  ['ideas', 'ideas'],
  ['global_aim', 'aim/global'],
  ['specific_aim', 'aim/specific'],
  ['votes', 'ballot'],
  ['page', 'step/s1'],
  ['process_map', 'process_map'],
])('a step that opens %s leads to %s', (opens, place) => {
  expect(placeOf(opens, 's1')).toBe(place)
})
