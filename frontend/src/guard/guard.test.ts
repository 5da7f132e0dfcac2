import { beforeAll, describe, expect, it } from 'vitest'

import type { Room } from '../room/room.svelte'
import { speak } from '../wire/words'
import words from '../wire/words.gen.json'
import { Guard } from './guard.svelte'

const room = { id: 'r', get: () => undefined, now: () => Date.UTC(2026, 10, 26) } as unknown as Room

beforeAll(() => speak(words))

describe('the guard', () => {
  it('holds words that may tell who a patient is, and only until somebody has looked', () => {
    const guard = new Guard(room)
    expect(guard.holds('Seen: 943 476 5919')).toBe(true)
    expect(guard.found.map(({ kind }) => kind)).toEqual(['nhs_number'])
    guard.allow()
    expect(guard.holds('Seen: 943 476 5919')).toBe(false)
  })

  it('asks again about what is new', () => {
    const guard = new Guard(room)
    guard.holds('943 476 5919')
    guard.allow()
    expect(guard.holds('943 476 5919, born 12/3/48')).toBe(true)
    expect(guard.found.map(({ kind }) => kind)).toEqual(['date_of_birth'])
  })

  it('lets ordinary words pass, and looks at every text given', () => {
    const guard = new Guard(room)
    expect(guard.holds('First dose in 60 minutes', 'Audit, November 2026')).toBe(false)
    expect(guard.holds('Audit', 'MRN 4402217')).toBe(true)
  })
})
