/** Promises as screens tell of them: whose they are, by when, and which of them a meeting begins with. */

import { describe } from '../../../room/people'
import type { Room } from '../../../room/room.svelte'
import type { Action, Id, Meeting, Member, Parked } from '../../../wire/types'
import { t } from '../../../wire/words'
import { day } from '../../when'
import { nextMeeting } from '../hour/hour'
import { dayOf, isDueAt, meetingNow, meetingsToCome } from './due'

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

function zoneOf(room: Room): string {
  return room.get('room', room.id)?.timezone ?? 'Europe/London'
}

/** The date where the room is: 2026-12-03. */
export function today(room: Room): string {
  return dayOf(moment(room), zoneOf(room))
}

/** The meeting that is on, or else the next one, also one that should have begun. For use inside `$derived`. */
export function meetingAhead(room: Room): Meeting | undefined {
  return meetingNow(room.all('meeting')) ?? nextMeeting(room, room.now())
}

/** Over the promises that this meeting asks about: "Last time we promised" once it is on. */
export function aheadWords(room: Room): string {
  const meeting = meetingAhead(room)
  if (!meeting) return t('meetings.close.for_next')
  if (meeting.state === 'live') return t('meetings.close.last_time')
  return t('meetings.close.for_meeting', { day: day(meeting.starts_at, room.now()) })
}

export function comingMeetings(room: Room): Meeting[] {
  return meetingsToCome(room.all('meeting'), moment(room))
}

/** When the last meeting ended; what was done since then is told at the next one. */
function lastEnd(room: Room): string {
  const ends = room.all('meeting').flatMap(({ ended_at }) => (ended_at === null ? [] : [ended_at]))
  return ends.sort().at(-1) ?? ''
}

export function promisesOf(room: Room, actions: readonly Action[]): Promises {
  const meeting = meetingAhead(room)
  const isDue = (action: Action) =>
    meeting === undefined || isDueAt(action, meeting, (id) => room.get('meeting', id), zoneOf(room))
  const since = lastEnd(room)
  const isFresh = ({ state, due_meeting_id, settled_at }: Action) =>
    state === 'open' || due_meeting_id === meeting?.id || (due_meeting_id === null && settled_at! > since)
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

/** A date without a clock, with its year where it is another one: "12 December". */
export function dayWord(room: Room, date: string): string {
  return day(`${date}T12:00:00`, room.now())
}

/** "by the next meeting, 3 December" */
export function dueWords(room: Room, { due_meeting_id, due_on }: Action): string {
  if (due_on !== null) return t('meetings.close.by_day', { day: dayWord(room, due_on) })
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

/** In words of its own, or in those of its card as they stand now. */
export function parkedWords(room: Room, { text, card_id }: Parked): string | null {
  return card_id === null ? text : (room.get('card', card_id)?.text ?? null)
}
