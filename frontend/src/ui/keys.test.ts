import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { appearance } from './appearance.svelte'
import { keys } from './keys.svelte'

const press = vi.fn()
let away: () => void

class Place {
  constructor(private readonly within: string | null) {}
  closest() {
    return this.within
  }
}

beforeEach(() => {
  vi.stubGlobal('Element', Place)
  vi.stubGlobal('document', { querySelector: () => null })
  press.mockClear()
  away = keys.add({ key: 'n', does: 'board.key_write', press })
})
afterEach(() => {
  away()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function hit(key: string, also: Partial<KeyboardEvent> = {}, within: string | null = null) {
  const event = { key, target: new Place(within), preventDefault: vi.fn(), ...also }
  keys.heard(event as unknown as KeyboardEvent)
  return event
}

test('one letter does what it says', () => {
  const { preventDefault } = hit('n')
  expect(press).toHaveBeenCalledOnce()
  expect(preventDefault).toHaveBeenCalledOnce()
  hit('N')
  expect(press).toHaveBeenCalledTimes(2)
})

test('a letter that nobody has claimed stays the browser’s', () => {
  expect(hit('x').preventDefault).not.toHaveBeenCalled()
})

test('never while somebody types, holds another key, or answers a dialog', () => {
  hit('n', {}, 'textarea')
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'repeat', 'isComposing']) hit('n', { [held]: true })
  vi.stubGlobal('document', { querySelector: () => 'a dialog' })
  hit('n')
  expect(press).not.toHaveBeenCalled()
})

test('turned off, they do nothing', () => {
  vi.spyOn(appearance, 'keys', 'get').mockReturnValue('off')
  hit('n')
  expect(press).not.toHaveBeenCalled()
})

test('the screen that came last has the key, until it goes', () => {
  const later = vi.fn()
  const gone = keys.add({ key: 'n', does: 'board.key_write', press: later })
  hit('n')
  gone()
  hit('n')
  expect([later.mock.calls.length, press.mock.calls.length]).toEqual([1, 1])
})
