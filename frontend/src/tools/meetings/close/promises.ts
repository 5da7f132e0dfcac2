/** Promises as screens tell of them: whose they are, by when, and which of them a meeting begins with. */

import { describe } from '../../../room/people'
import type { Room } from '../../../room/room.svelte'
import type { Action, Id, Meeting, Member } from '../../../wire/types'
import { t } from '../../../wire/words'
import { date, day } from '../../when'
import { isDueAt, meetingNow, meetingsToCome } from './due'

/** Carried so often, an action is too large, not wanted, or blocked by something else. */
export const OFTEN = 3

export interface Promises {
  /** What the meeting that is on, or the next one, asks about first. */
  due: Action[]
  /** Open, and due after that. */
  later: Action[]
  settled: Action[]
}

function moment(room: Room): string {
  return new Date(room.now()).toISOString()
}

/** The meeting that is on, or else the next one. For use inside `$derived`. */
export function meetingAhead(room: Room): Meeting | undefined {
  return meetingNow(room.all('meeting')) ?? comingMeetings(room)[0]
}

export function comingMeetings(room: Room): Meeting[] {
  return meetingsToCome(room.all('meeting'), moment(room))
}

export function promisesOf(room: Room, actions: readonly Action[]): Promises {
  const meeting = meetingAhead(room)
  const zone = room.get('room', room.id)?.timezone ?? 'Europe/London'
  const isDue = (action: Action) =>
    meeting === undefined || isDueAt(action, meeting, (id) => room.get('meeting', id), zone)
  const isFresh = (action: Action) =>
    action.state === 'open' || (meeting !== undefined && action.due_meeting_id === meeting.id)
  const due = actions.filter((action) => isFresh(action) && isDue(action) && action.state !== 'dropped')
  const rest = actions.filter((action) => !due.includes(action))
  return {
    due,
    later: rest.filter(({ state }) => state === 'open'),
    settled: rest
      .filter(({ state }) => state !== 'open')
      .sort((a, b) => (a.settled_at! < b.settled_at! ? 1 : -1)),
  }
}

/** Anybody who takes part, here or not, with a device or without; oneself first. */
export function doers(room: Room): Member[] {
  const byName = new Intl.Collator('en-GB', { sensitivity: 'base' })
  const isMine = ({ id }: Member) => id === room.me?.id
  return room
    .all('member')
    .filter(({ state, part }) => state === 'active' && part !== 'wall' && part !== 'observer')
    .sort((a, b) => Number(isMine(b)) - Number(isMine(a)) || byName.compare(a.name, b.name))
}

export function nameWith(room: Room, member: Member): string {
  const about = describe(room, member)
  return about ? `${member.name} (${about})` : member.name
}

export function nameOf(room: Room, id: Id | null): string {
  return (id === null ? undefined : room.get('member', id)?.name) ?? t('rooms.somebody')
}

/** Who promised it is in the room no more: somebody takes it over, or it is dropped. */
export function hasLeft(room: Room, { member_id }: Action): boolean {
  return room.get('member', member_id)?.state !== 'active'
}

/** "by the next meeting, 3 December" */
export function dueWords(room: Room, { due_meeting_id, due_on }: Action): string {
  if (due_on !== null) return t('meetings.close.by_day', { day: date(due_on) })
  const meeting = due_meeting_id === null ? undefined : room.get('meeting', due_meeting_id)
  if (meeting === undefined) return t('meetings.close.by_next')
  if (meeting.state === 'live') return t('meetings.close.by_today')
  const word = comingMeetings(room)[0]?.id === meeting.id ? 'by_next_on' : 'by_day'
  return t(`meetings.close.${word}`, { day: day(meeting.starts_at, room.now()) })
}

export function mayChange(room: Room, { member_id }: Action): boolean {
  return room.may('meetings.contribute') && (member_id === room.me?.id || room.may('meetings.record'))
}

/** First words that name a thing or a wish rather than a deed. A hint, never a wall. */
const NO_VERBS =
  /^(the|an?|we|i|you|they|it|he|she|our|my|their|there|need|needs|lack|no|not|more|less|better|should|someone|somebody|everyone|all|this|that|these|those|who|what|how|why|to)\b/i

export function beginsWithoutVerb(text: string): boolean {
  return NO_VERBS.test(text.trim())
}
