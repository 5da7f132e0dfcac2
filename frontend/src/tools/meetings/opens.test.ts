import { expect, test } from 'vitest'

import { NOW } from '../../wire/testing'
import { TOOL } from './tool'

const MINUTE = 60_000

function at(minutes: number, ...states: string[]): string | undefined {
  const rows = states.map((state) => ({ state, starts_at: new Date(NOW).toISOString() }))
  return TOOL.opensOn?.({ all: () => rows, now: () => NOW + minutes * MINUTE } as never)
}

test('in the half hour before a meeting the room opens on its agenda', () => {
  expect(at(-29, 'planned')).toBe('agenda')
  expect(at(-31, 'planned')).toBeUndefined()
})

test('while a meeting is on, and when it is over, the room opens where it is', () => {
  expect(at(5, 'planned', 'live')).toBeUndefined()
  expect(at(5, 'ended')).toBeUndefined()
})
