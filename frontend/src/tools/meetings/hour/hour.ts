/** The hour that is on in a room, and the one that comes next, read from its rows. */

import type { Room } from '../../../room/room.svelte'
import type { Id, Item, Meeting } from '../../../wire/types'
import { EARLY, GRACE, hourEnds } from './timing'

export interface Hour {
  meeting: Meeting
  items: readonly Item[]
  /** The one that is on, and its place among them, counted from 1. */
  item: Item
  number: number
  next: Item | undefined
  previous: Item | undefined
}

type Reads = Pick<Room, 'all'>

export function itemsOf(room: Reads, meetingId: Id): readonly Item[] {
  return room.all('item').filter(({ meeting_id }) => meeting_id === meetingId)
}

export function hourOf(room: Reads): Hour | undefined {
  const meeting = room.all('meeting').find(({ state }) => state === 'live')
  if (!meeting) return undefined
  const items = itemsOf(room, meeting.id)
  const at = items.findIndex(({ id }) => id === meeting.item_id)
  const item = items[at]
  if (!item) return undefined
  const waiting = (each: Item) => each.state === 'waiting'
  // What was jumped over comes last.
  const next = items.slice(at + 1).find(waiting) ?? items.slice(0, at).find(waiting)
  return { meeting, items, item, number: at + 1, next, previous: items[at - 1] }
}

/** The one that is planned next and could still be held. */
export function nextMeeting(room: Reads, now: number): Meeting | undefined {
  return room
    .all('meeting')
    .filter((meeting) => meeting.state === 'planned' && hourEnds(meeting) > now)
    .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))[0]
}

/** The last meeting, where it was stopped: said until the next one begins. */
export function lastStopped(room: Reads): Meeting | undefined {
  const ended = room.all('meeting').filter(({ ended_at }) => ended_at !== null)
  const last = ended.sort((a, b) => Date.parse(a.ended_at!) - Date.parse(b.ended_at!)).at(-1)
  return last?.is_stopped ? last : undefined
}

/** From a quarter of an hour before its time. */
export function mayBegin({ starts_at }: Meeting, now: number): boolean {
  return now >= Date.parse(starts_at) - EARLY
}

/** Nobody who coaches is here, and the team has waited long enough. */
export function isLeftAlone(room: Pick<Room, 'here' | 'get'>, { starts_at }: Meeting, now: number): boolean {
  const coaches = [...room.here.keys()].some((id) => room.get('member', id)?.part === 'coach')
  return !coaches && now >= Date.parse(starts_at) + GRACE
}

/** Who tells a story sees no countdown while they tell it: whom the agenda names, else every patient and carer. */
export function isTold(room: Pick<Room, 'me'>, { is_story, lead_id }: Item): boolean {
  const { me } = room
  if (!is_story || !me) return false
  if (me.part === 'wall') return true
  return lead_id ? lead_id === me.id : me.voice === 'patient' || me.voice === 'carer'
}
