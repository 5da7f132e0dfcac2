/** The score of a meeting as screens read it. */

import type { Room } from '../../../room/room.svelte'
import type { Id, Rows } from '../../../wire/types'

export type Score = Rows['score']
export type ScoreWord = Rows['score_word']
type Meeting = Rows['meeting']

export const HIGHEST = 10
export const POINTS: readonly number[] = Array.from({ length: HIGHEST + 1 }, (_, points) => points)

/** What I have put on my paper. */
export interface MyScore {
  score: number
  keep: string | null
  change: string | null
}

/** One meeting of the trend. */
export interface Past {
  id: Id
  at: string
  mean: number
  given: number
}

type Reading = Pick<Room, 'all' | 'get'>

/** The meeting a place names; else the one that is on, or was last. */
export function meetingAt(room: Reading, at: string): Meeting | undefined {
  if (at) return room.get('meeting', at)
  const meetings = room.all('meeting')
  const ended = meetings.filter(({ state }) => state === 'ended')
  return (
    meetings.find(({ state }) => state === 'live') ??
    ended.reduce<Meeting | undefined>(
      (last, each) => (last && last.starts_at > each.starts_at ? last : each),
      undefined,
    )
  )
}

/** A paper is called as its box is; it is empty where I took it back. */
export function myScore(room: Reading, id: Id): MyScore | undefined {
  const body = room.get('paper', id)?.body
  return body ? (JSON.parse(body) as MyScore) : undefined
}

/** Said most often first; those said as often in no order that means anything. */
export function wordsOf(room: Reading, id: Id, says: ScoreWord['says']): readonly ScoreWord[] {
  return room
    .all('score_word')
    .filter((word) => word.score_id === id && word.says === says)
    .sort((a, b) => b.times - a.times || (a.id < b.id ? -1 : 1))
}

/** Every meeting whose mean was shown, the first one first. */
export function trendOf(room: Reading): readonly Past[] {
  return room
    .all('score')
    .flatMap(({ id, mean, given, created_at }) =>
      mean === null ? [] : [{ id, mean, given, at: room.get('meeting', id)?.starts_at ?? created_at }],
    )
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}

/** "8.3", and "8" rather than "8.0". */
export function inPoints(mean: number): string {
  return mean.toLocaleString('en-GB', { maximumFractionDigits: 1 })
}
