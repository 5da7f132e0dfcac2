import { beforeEach, expect, test } from 'vitest'

import { screen } from '../ui/screen.svelte'
import { Whereabouts } from './whereabouts.svelte'

beforeEach(() => (screen.width = 'wide'))

test('the fragment says where somebody is', () => {
  const whereabouts = new Whereabouts('#board/value')
  expect(whereabouts.place.view).toBe('board/value')
  whereabouts.moved('#themes')
  expect(whereabouts.onWall).toBe('themes')
})

test('without a fragment one comes in where the room is, and stays there though the room moves on', () => {
  const whereabouts = new Whereabouts('')
  expect(whereabouts.place.view).toBe('roadmap')
  whereabouts.comeIn('board/value')
  expect(whereabouts.place.view).toBe('board/value')
})

test('a phone begins with what is asked of me now', () => {
  screen.width = 'phone'
  const whereabouts = new Whereabouts('')
  expect(whereabouts.place.view).toBe('now')
  expect(whereabouts.onWall).toBeNull()
})

test('what is a tab on a phone is beside the wall on a wide screen', () => {
  const whereabouts = new Whereabouts('#people')
  whereabouts.comeIn('themes')
  expect(whereabouts.place.view).toBe('themes')
  screen.width = 'phone'
  expect(whereabouts.place.view).toBe('people')
})
