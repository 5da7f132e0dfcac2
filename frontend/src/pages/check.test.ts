import { describe, expect, it } from 'vitest'

import { type Findings, pointsOf, reportFor, verdictOf } from './check'

const GOOD: Findings = { roundTrip: 40, socket: true, stream: 'live', cookies: true, storage: true }

describe('will this computer do', () => {
  it('says yes where everything works', () => {
    expect(verdictOf(GOOD)).toBe('good')
    expect(pointsOf(GOOD).map(({ mark }) => mark)).toEqual(['good', 'good', 'good', 'good'])
  })

  it('says that it will do where the usual line is blocked', () => {
    expect(verdictOf({ ...GOOD, socket: false })).toBe('fine')
    expect(verdictOf({ ...GOOD, socket: false, stream: 'held' })).toBe('fine')
  })

  it('says that it will be slow', () => {
    expect(verdictOf({ ...GOOD, roundTrip: 900 })).toBe('slow')
  })

  it('says no only where nobody could get in or come back', () => {
    expect(verdictOf({ ...GOOD, cookies: false })).toBe('no')
    expect(verdictOf({ ...GOOD, roundTrip: null })).toBe('no')
    expect(pointsOf({ ...GOOD, roundTrip: null })).toHaveLength(1)
  })

  it('tells IT the address, what was blocked and what is needed', () => {
    const about = { origin: 'https://rooms.example.org', browser: 'Edge 109', at: '26/11/2026, 12:30' }
    const text = reportFor({ ...GOOD, socket: false, stream: 'held' }, about)
    expect(text).toContain('wss://rooms.example.org/api/rooms/…/live (subprotocol bigroom.v1): does not open')
    expect(text).toContain('held back until they end')
    expect(text).toContain('Edge 109')
  })
})
