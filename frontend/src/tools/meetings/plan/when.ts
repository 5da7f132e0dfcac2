/** Days and hours of meetings, as people say them, in the time zone that the series has. */

import type { Room } from '../../../room/room.svelte'
import type { Meeting } from '../../../wire/types'
import { t } from '../../../wire/words'

type Reads = Pick<Room, 'all' | 'get' | 'id'>
type Options = Intl.DateTimeFormatOptions

export function timezoneOf(room: Reads): string | undefined {
  return room.all('series')[0]?.timezone ?? room.get('room', room.id)?.timezone
}

function said(room: Reads, at: number, options: Options, locale = 'en-GB'): string {
  const timeZone = timezoneOf(room)
  try {
    return new Date(at).toLocaleString(locale, { ...options, timeZone })
  } catch {
    return new Date(at).toLocaleString(locale, options)
  }
}

/** "12:30" */
export function timeIn(room: Reads, at: number): string {
  return said(room, at, { hour: '2-digit', minute: '2-digit' })
}

/** "Thursday 3 December", with the year where it is another one. */
export function dayIn(room: Reads, at: number, now: number): string {
  const year = (moment: number) => said(room, moment, { year: 'numeric' })
  const words: Options = { weekday: 'long', day: 'numeric', month: 'long' }
  return said(room, at, year(at) === year(now) ? words : { ...words, year: 'numeric' }).replace(',', '')
}

/** "12:30 to 13:30" */
export function hoursOf(room: Reads, { starts_at, minutes }: Meeting): string {
  const start = Date.parse(starts_at)
  return t('meetings.plan.from_to', {
    from: timeIn(room, start),
    to: timeIn(room, start + minutes * 60_000),
  })
}

/** As a date field has it: 2026-12-03. */
export function dateFieldOf(room: Reads, at: number): string {
  return said(room, at, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE')
}
