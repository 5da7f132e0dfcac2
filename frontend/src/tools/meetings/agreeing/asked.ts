/** What is asked of me just now: a score, an answer, and of facilitator and coaches what a word means. */

import type { Room } from '../../../room/room.svelte'
import { type Consent, stancesOf } from './rules'
import { myScore, type Score } from './score'

type Reading = Pick<Room, 'all' | 'get' | 'may' | 'me'>

/** The open score that I have not given. */
export function scoreOfMe(room: Reading): Score | undefined {
  if (!room.may('meetings.contribute')) return undefined
  return room.all('score').find(({ id, state }) => state === 'open' && !myScore(room, id))
}

/** The open question that I have not answered. */
export function consentOfMe(room: Reading): Consent | undefined {
  if (!room.may('meetings.contribute')) return undefined
  return room
    .all('consent')
    .find(
      ({ id, state }) =>
        state === 'writing' && !stancesOf(room, id).some(({ member_id }) => member_id === room.me?.id),
    )
}
