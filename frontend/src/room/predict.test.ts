import { describe, expect, test } from 'vitest'

import { predicted } from '../wire/predict'
import { withRows } from '../wire/replica'
import { card, member, ROW, tablesOf } from '../wire/testing'
import type { Command, MeetingRole, Place, RoomInfo } from '../wire/types'
import { predict } from './predict'

const NOW = '2026-04-02T12:31:00.000Z'
const leader: MeetingRole = { ...ROW, id: 'r', role: 'leader', member_id: 'tom' }
const place: Place = { ...ROW, id: 'p', view: 'roadmap', by: null }
const info: RoomInfo = {
  ...ROW,
  id: 'sepsis',
  name: 'Sepsis',
  method: 'flow_roadmap',
  method_version: 1,
  language: 'en-GB',
  timezone: 'Europe/London',
  pathway: [],
  door: 'open',
}

const before = tablesOf({
  room: [info],
  place: [place],
  member: [member('maya', { part: 'coach' }), member('tom', { voice: 'nurse' })],
  role: [leader],
  card: [
    card('a', { original: 'first', evidence: [{ text: 'x', source: 'y', date: '2026-04-01', url: null }] }),
  ],
  card_text: [{ ...ROW, id: 'k', card_id: 'a', text: 'late', by: 'tom', base_rev: 0 }],
})
const after = (command: Command) =>
  withRows(before, predicted(predict, before, command, { id: 'command', me: 'maya', now: NOW }))

describe('people', () => {
  test('say their own name and where they speak from; what they leave out stays', () => {
    const said = after({ type: 'rooms.set_me', voice: 'doctor' }).member!.get('maya')
    expect(said).toMatchObject({ name: 'maya', voice: 'doctor' })
    expect(after({ type: 'rooms.set_me', name: ' May ' }).member!.get('maya')).toMatchObject({ name: 'May' })
  })

  test('without a device are added', () => {
    const added = after({ type: 'rooms.add_person', member_id: 'joe', name: 'Joe', voice: 'carer' })
    expect(added.member!.get('joe')).toMatchObject({ name: 'Joe', part: 'member', without_device: true })
  })

  test('who become observers or are taken out hold no role any more', () => {
    const observer = after({ type: 'rooms.set_part', member_id: 'tom', part: 'observer' })
    expect(observer.member!.get('tom')?.part).toBe('observer')
    expect(observer.role!.get('r')?.member_id).toBeNull()
    const out = after({ type: 'rooms.remove_member', member_id: 'tom' })
    expect(out.member!.get('tom')).toMatchObject({ state: 'removed', removed_at: NOW })
    expect(out.role!.get('r')?.member_id).toBeNull()
    expect(
      after({ type: 'rooms.set_part', member_id: 'tom', part: 'sponsor' }).role!.get('r')?.member_id,
    ).toBe('tom')
  })

  test('take a meeting role', () => {
    const given = after({ type: 'rooms.assign_role', role: 'leader', member_id: 'maya' })
    expect(given.role!.get('r')?.member_id).toBe('maya')
    expect(after({ type: 'rooms.assign_role', role: 'recorder', member_id: 'maya' })).toEqual(before)
  })
})

test('the room is renamed, and brought to a place', () => {
  expect(after({ type: 'rooms.rename_room', name: 'Sepsis pathway' }).room!.get('sepsis')?.name).toBe(
    'Sepsis pathway',
  )
  expect(after({ type: 'rooms.bring_everyone', view: 'board' }).place!.get('p')).toMatchObject({
    view: 'board',
    by: 'maya',
  })
})

describe('taking words out', () => {
  test('empties the card and every text about it at once', () => {
    const view = after({ type: 'rooms.redact', kind: 'card', row_id: 'a' })
    expect(view.card!.get('a')).toMatchObject({ text: null, original: null, evidence: [], redacted_at: NOW })
    expect(view.card_text!.get('k')).toMatchObject({ text: null, redacted_at: NOW })
  })

  test('of a kind without words waits for the server', () => {
    expect(after({ type: 'rooms.redact', kind: 'member', row_id: 'tom' })).toEqual(before)
  })
})
