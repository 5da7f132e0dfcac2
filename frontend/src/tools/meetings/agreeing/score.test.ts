import { expect, test } from 'vitest'

import type { Room } from '../../../room/room.svelte'
import { inPoints, meetingAt, myScore, trendOf, wordsOf } from './score'

function a(rows: Record<string, { id: string }[]>): Room {
  return {
    all: (kind: string) => [...(rows[kind] ?? [])],
    get: (kind: string, id: string) => rows[kind]?.find((row) => row.id === id),
  } as unknown as Room
}

const MEETINGS = [
  { id: 'm1', state: 'ended', starts_at: '2026-11-12T12:30:00.000Z' },
  { id: 'm2', state: 'ended', starts_at: '2026-11-19T12:30:00.000Z' },
  { id: 'm3', state: 'planned', starts_at: '2026-11-26T12:30:00.000Z' },
]

test('without a name the place is the meeting that is on, else the last one', () => {
  expect(meetingAt(a({ meeting: MEETINGS }), '')?.id).toBe('m2')
  const on = { id: 'm4', state: 'live', starts_at: '2026-11-05T12:30:00.000Z' }
  expect(meetingAt(a({ meeting: [...MEETINGS, on] }), '')?.id).toBe('m4')
  expect(meetingAt(a({ meeting: MEETINGS }), 'm1')?.id).toBe('m1')
})

test('an empty paper is no score', () => {
  const body = '{"score":0,"keep":null,"change":"stickers"}'
  expect(myScore(a({ paper: [{ id: 'm1', body } as never] }), 'm1')).toEqual({
    score: 0,
    keep: null,
    change: 'stickers',
  })
  expect(myScore(a({ paper: [{ id: 'm1', body: '' } as never] }), 'm1')).toBeUndefined()
})

test('what was said most often stands first', () => {
  const words = [
    { id: 'w2', score_id: 'm1', says: 'keep', text: 'pace', times: 1 },
    { id: 'w1', score_id: 'm1', says: 'keep', text: 'honesty', times: 1 },
    { id: 'w3', score_id: 'm1', says: 'keep', text: 'stories', times: 3 },
    { id: 'w4', score_id: 'm1', says: 'change', text: 'stickers', times: 9 },
  ]
  expect(wordsOf(a({ score_word: words }), 'm1', 'keep').map(({ text }) => text)).toEqual([
    'stories',
    'honesty',
    'pace',
  ])
})

test('the trend goes by the day of the meeting and leaves out what was not shown', () => {
  const scores = [
    { id: 'm2', mean: 8.3, given: 17, created_at: '2026-11-19T13:28:00.000Z' },
    { id: 'm1', mean: 7.6, given: 16, created_at: '2026-11-20T09:00:00.000Z' },
    { id: 'm3', mean: null, given: 1, created_at: '2026-11-26T13:28:00.000Z' },
  ]
  expect(trendOf(a({ score: scores, meeting: MEETINGS })).map(({ id, mean }) => [id, mean])).toEqual([
    ['m1', 7.6],
    ['m2', 8.3],
  ])
})

test('a whole mean has no point', () => {
  expect([inPoints(8), inPoints(8.3)]).toEqual(['8', '8.3'])
})
