import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { announce, voice } from './announcer.svelte'
import { appearance } from './appearance.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function likes(liking: 'news' | 'needed' | 'off') {
  vi.spyOn(appearance, 'voice', 'get').mockReturnValue(liking)
}

/** Everything the region says from now on. */
function heard(): string[] {
  const said: string[] = []
  for (let at = 0; at < 100; at += 1) {
    vi.advanceTimersByTime(100)
    if (voice.said && said.at(-1) !== voice.said) said.push(voice.said)
  }
  return said
}

test('what is needed now goes before the news that wait', () => {
  announce('first')
  voice.say('6 new cards in Value', 'news')
  announce('You were moved')
  expect(heard()).toEqual(['first', 'You were moved', '6 new cards in Value'])
})

test('the same sentence does not wait twice', () => {
  announce('first')
  announce('Moved')
  announce('Moved')
  voice.say('last', 'needed')
  expect(heard()).toEqual(['first', 'Moved', 'last'])
})

test('who wants only what concerns them hears no news', () => {
  likes('needed')
  voice.say('6 new cards in Value', 'news')
  announce('You were moved')
  expect(heard()).toEqual(['You were moved'])
})

test('who wants nothing hears only what they ask for', () => {
  likes('off')
  announce('You were moved')
  voice.say('6 new cards in Value', 'news')
  voice.say('Since you last listened: nothing', 'asked')
  expect(heard()).toEqual(['Since you last listened: nothing'])
})
