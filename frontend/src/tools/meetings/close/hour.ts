/** The hour as it was planned and as it went, item by item. */

import type { Room } from '../../../room/room.svelte'
import type { Item, Meeting } from '../../../wire/types'
import { spent } from '../hour/timing'

export interface Stretch {
  item: Item
  /** From 1, as the hour bar counts them. */
  number: number
  planned: number
  /** Whole minutes; null for an item that was not begun. */
  actual: number | null
  /** The same to a tenth, for drawing. */
  drawn: number
}

const MINUTE = 60_000

export function stretches(items: readonly Item[], now: number): Stretch[] {
  return items.map((item, place) => {
    const ms = spent(item, now)
    const isBegun = ms > 0 || item.state === 'now' || item.state === 'done'
    return {
      item,
      number: place + 1,
      planned: item.minutes,
      actual: isBegun ? Math.round(ms / MINUTE) : null,
      drawn: Math.round((ms / MINUTE) * 10) / 10,
    }
  })
}

/** The meeting that a record is asked for: by its id, the one that is on, or the last one. */
export function meetingOf(room: Room, id: string): Meeting | undefined {
  if (id) return room.get('meeting', id)
  const meetings = room.all('meeting')
  const live = meetings.find(({ state }) => state === 'live')
  const ended = meetings
    .filter(({ state }) => state === 'ended')
    .sort((a, b) => (a.ended_at! < b.ended_at! ? 1 : -1))
  return live ?? ended[0]
}
