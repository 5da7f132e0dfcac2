import { beforeAll, expect, test } from 'vitest'

import words from '../../../wire/words.gen.json'
import { speak } from '../../../wire/words'
import { Cues } from './cues.svelte'
import type { Hour } from './hour'

const NOON = Date.parse('2026-11-26T12:30:00.000Z')
const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString()

beforeAll(() => speak(words))

function hour(changes: object = {}, meeting: object = {}): Hour {
  const item = {
    id: 'story',
    title: 'Patient story',
    seconds: 420,
    spent_ms: 0,
    began_at: at(0),
    ends_at: at(420),
    lead: null,
    lead_id: null,
    is_story: false,
    ...changes,
  }
  return { meeting: { paused_at: null, ...meeting }, item, items: [item], number: 4 } as unknown as Hour
}

function listens(me: object = { id: 'nina', part: 'member', voice: 'nurse' }) {
  const said: string[] = []
  const heard: string[] = []
  const room = { me, all: () => [], get: () => undefined } as never
  const cues = new Cues(
    room,
    (cue) => heard.push(cue),
    (text) => said.push(text),
  )
  const look = (seconds: number, now: Hour | null = hour()) =>
    cues.look(now ?? undefined, NOON + seconds * 1000)
  return { said, heard, look }
}

test('half-time, the last minute and time up are each told once', () => {
  const { said, heard, look } = listens()
  for (let second = 0; second < 500; second++) look(second)
  expect(heard).toEqual(['half', 'minute', 'up'])
  expect(said).toEqual([
    'Half of the time for “Patient story” is over.',
    'One minute left for “Patient story”.',
    'Time is up for “Patient story”.',
  ])
})

test('a tab that was hidden tells only the latest of what it missed', () => {
  const { heard, look } = listens()
  look(10)
  look(500)
  expect(heard).toEqual(['up'])
})

test('who comes in late is not told of what was', () => {
  const { said, look } = listens()
  look(430)
  look(431)
  expect(said).toEqual([])
})

test('who tells their story hears no clock', () => {
  const story = hour({ is_story: true, lead: 'member', lead_id: 'maya' })
  const maya = listens({ id: 'maya', part: 'member', voice: 'patient' })
  const leroy = listens({ id: 'leroy', part: 'member', voice: 'porter' })
  for (let second = 0; second < 500; second++) for (const each of [maya, leroy]) each.look(second, story)
  expect(maya.heard).toEqual([])
  expect(leroy.heard).toEqual(['half', 'minute', 'up'])
})

test('an item that begins, a pause and more time are said', () => {
  const { said, look } = listens()
  look(0)
  look(1, hour({ id: 'actions', title: 'Actions since last week', seconds: 360 }))
  look(2, hour({ id: 'actions', seconds: 360 }, { paused_at: at(2) }))
  look(3, hour({ id: 'actions', seconds: 360 }))
  look(4, hour({ id: 'actions', seconds: 480 }))
  look(5, null)
  expect(said).toEqual([
    'Item 4: Actions since last week, 6 minutes.',
    'The hour is paused.',
    'The hour goes on.',
    '2 more minutes for this item.',
    'The meeting has ended.',
  ])
})
