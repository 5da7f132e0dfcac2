/** An agenda as people plan it: what each item has, when it would begin, and whether it all adds up. */

import { STEPS_KEPT } from './kept'
import type { Room } from '../../../room/room.svelte'
import type { Command, Id, Item, Meeting } from '../../../wire/types'
import { itemsOf, nextMeeting } from '../hour/hour'
import { hourEnds, left, wouldEnd } from '../hour/timing'

const MINUTE = 60_000

type Reads = Pick<Room, 'all'>

/** The meeting that is on, else the next one. */
export function meetingToPlan(room: Reads, now: number): Meeting | undefined {
  return room.all('meeting').find(({ state }) => state === 'live') ?? nextMeeting(room, now)
}

/** Those that are still to come besides that one, skipped ones among them. */
export function laterMeetings(room: Reads, now: number, but: Id | undefined): readonly Meeting[] {
  return room
    .all('meeting')
    .filter(({ id, state }) => id !== but && (state === 'planned' || state === 'skipped'))
    .filter((meeting) => hourEnds(meeting) > now)
    .sort(byStart)
}

/** Held ones, the last one first. */
export function pastMeetings(room: Reads): readonly Meeting[] {
  return room
    .all('meeting')
    .filter(({ state }) => state === 'ended')
    .sort(byStart)
    .reverse()
}

export function byStart(a: Meeting, b: Meeting): number {
  return Date.parse(a.starts_at) - Date.parse(b.starts_at)
}

export interface Sum {
  planned: number
  /** More than nothing: so many minutes too many; less: so many are free. */
  over: number
}

export function sum(items: readonly Pick<Item, 'minutes'>[], meeting: Pick<Meeting, 'minutes'>): Sum {
  const planned = items.reduce((all, { minutes }) => all + minutes, 0)
  return { planned, over: planned - meeting.minutes }
}

/** So many whole minutes later than it should; while it goes on. */
export function lateBy(items: readonly Item[], meeting: Meeting, now: number): number {
  return Math.round((wouldEnd(items, now) - hourEnds(meeting)) / MINUTE)
}

/** When each item begins: as planned, or while the hour goes on as it now looks. */
export function startsOf(items: readonly Item[], meeting: Meeting, now: number): Record<Id, number> {
  const starts: Record<Id, number> = {}
  if (meeting.state !== 'live') {
    let at = Date.parse(meeting.starts_at)
    for (const { id, minutes } of items) {
      starts[id] = at
      at += minutes * MINUTE
    }
    return starts
  }
  const on = items.find(({ state }) => state === 'now')
  let at = now + (on ? Math.max(left(on, now), 0) : 0)
  for (const item of items.filter(({ state }) => state === 'waiting')) {
    starts[item.id] = at
    at += Math.max(left(item, now), 0)
  }
  return starts
}

/** Whole minutes that it took; nothing for what was never on. */
export function took({ spent_ms }: Pick<Item, 'spent_ms'>): number {
  return spent_ms > 0 ? Math.max(1, Math.round(spent_ms / MINUTE)) : 0
}

export function isKept({ meeting_step }: Pick<Item, 'meeting_step'>): boolean {
  return STEPS_KEPT.includes(meeting_step)
}

/** Behind whom an item goes that moves up (-1) or down (1); undefined where it cannot. */
export function afterStep(ids: readonly Id[], id: Id, by: -1 | 1): Id | null | undefined {
  const at = ids.indexOf(id)
  if (at < 0 || at + by < 0 || at + by >= ids.length) return undefined
  return by === 1 ? ids[at + 1]! : (ids[at - 2] ?? null)
}

/** Behind whom an item goes that is dropped on the upper or lower edge of another. */
export function afterDrop(ids: readonly Id[], moved: Id, target: Id, edge: 'top' | 'bottom'): Id | null {
  const others = ids.filter((id) => id !== moved)
  if (target === moved) return ids[ids.indexOf(moved) - 1] ?? null
  const at = others.indexOf(target)
  return edge === 'bottom' ? (others[at] ?? null) : (others[at - 1] ?? null)
}

export function moveCommand(item_id: Id, after: Id | null): Command {
  return { type: 'meetings.move_item', item_id, after }
}

/** What a template calls a tool that Bigroom has not got: such an item lives by its note and its link. */
const NOT_HERE = ['measures', 'tests', 'playbook', 'votes']

export function hasNoTool({ tool, opens, note, link }: Item): boolean {
  return tool !== null && NOT_HERE.includes(tool) && !opens && !note && !link
}

export { itemsOf }
