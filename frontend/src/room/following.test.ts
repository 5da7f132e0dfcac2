import { expect, test, vi } from 'vitest'

import { member } from '../wire/testing'
import type { Place } from '../wire/types'
import { Following } from './following.svelte'

const DINA = member('dina', { name: 'Dina' })

function place(view: string, by: string | null = 'dina'): Place {
  const row = { created_at: '', removed_at: null, redacted_at: null, locked_by: null }
  return { ...row, id: 'place', view, by }
}

function person(at: string, isWriting = false) {
  const here = { view: at, isWriting }
  const go = vi.fn((view: string) => void (here.view = view))
  const following = new Following(
    { me: member('maya'), get: ((_: string, id: string) => (id === 'dina' ? DINA : undefined)) as never },
    { view: () => here.view, go, titleOf: (view) => view, isWriting: () => here.isWriting },
  )
  following.saw(place('roadmap'))
  return { here, go, following }
}

test('who is at the place of the room goes along when everyone is brought', () => {
  const { following, go } = person('roadmap')
  following.saw(place('board/value'))
  expect(go).toHaveBeenCalledWith('board/value')
  expect(following.offer).toBeNull()
})

test('who browses elsewhere is asked, not dragged', () => {
  const { following, go } = person('themes')
  following.saw(place('board/value'))
  expect(go).not.toHaveBeenCalled()
  expect(following.offer?.view).toBe('board/value')
})

test('who brings everyone goes along, wherever they were', () => {
  const { following, go } = person('agenda')
  following.saw(place('board/value', 'maya'))
  expect(go).toHaveBeenCalledWith('board/value')
  expect(following.offer).toBeNull()
})

test('Now on a phone shows the way by itself: nobody is dragged off it, and no second offer is made', () => {
  const { following, go } = person('now')
  following.saw(place('board/value'))
  expect(go).not.toHaveBeenCalled()
  expect(following.offer).toBeNull()
})

test('an unsaved text is never moved away from', () => {
  const { following, go } = person('roadmap', true)
  following.saw(place('board/value'))
  expect(go).not.toHaveBeenCalled()
  expect(following.offer?.view).toBe('board/value')
})

test('the offer goes when somebody arrives by themselves', () => {
  const { following, here } = person('themes')
  following.saw(place('board/value'))
  here.view = 'board/value'
  following.arrived()
  expect(following.offer).toBeNull()
})

test('coming in moves nobody: only news does', () => {
  const { following, go } = person('themes')
  following.saw(place('roadmap'))
  expect(go).not.toHaveBeenCalled()
  expect(following.offer).toBeNull()
})
