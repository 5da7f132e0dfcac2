/** When something that was promised is due, and at which meeting somebody asks what became of it. */

import type { Action, Id, Meeting, Moment } from '../../../wire/types'

type Planned = Pick<Meeting, 'id' | 'starts_at' | 'state' | 'removed_at'>

/** The meeting that is on. */
export function meetingNow<M extends Pick<Meeting, 'state'>>(meetings: Iterable<M>): M | undefined {
  return [...meetings].find(({ state }) => state === 'live')
}

/** Those still to come, the next one first. */
export function meetingsToCome<M extends Planned>(meetings: Iterable<M>, now: Moment): M[] {
  return [...meetings]
    .filter(({ state, removed_at, starts_at }) => state === 'planned' && !removed_at && starts_at > now)
    .sort((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
}

/** The date that a moment has where the room is: 2026-12-03. */
export function dayOf(moment: Moment, timeZone: string): string {
  return new Date(moment).toLocaleDateString('sv-SE', { timeZone })
}

/** Whether this meeting asks what became of it. What was due at a skipped meeting is due at the one after. */
export function isDueAt(
  action: Action,
  meeting: Pick<Meeting, 'id' | 'starts_at'>,
  meetings: (id: Id) => Pick<Meeting, 'starts_at'> | undefined,
  timeZone: string,
): boolean {
  if (action.due_on !== null) return action.due_on <= dayOf(meeting.starts_at, timeZone)
  const due = action.due_meeting_id === null ? undefined : meetings(action.due_meeting_id)
  return due ? due.starts_at <= meeting.starts_at : action.meeting_id !== meeting.id
}
