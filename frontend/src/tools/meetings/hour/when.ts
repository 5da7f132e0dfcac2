/** Times of the day and days, in the room's own time zone: a wall in the wrong one shows the same. */

import type { Room } from '../../../room/room.svelte'

type Options = Intl.DateTimeFormatOptions

function said(room: Room, at: number, options: Options): string {
  const timeZone = room.get('room', room.id)?.timezone
  try {
    return new Date(at).toLocaleString('en-GB', { ...options, timeZone })
  } catch {
    return new Date(at).toLocaleString('en-GB', options)
  }
}

/** "12:30" */
export function timeOfDay(room: Room, at: number): string {
  return said(room, at, { hour: '2-digit', minute: '2-digit' })
}

/** "Thursday 3 December" */
export function dayOf(room: Room, at: number): string {
  return said(room, at, { weekday: 'long', day: 'numeric', month: 'long' })
}

export function isToday(room: Room, at: number): boolean {
  return dayOf(room, at) === dayOf(room, room.now())
}
