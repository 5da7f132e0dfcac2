/** What the commands of the hour will probably do. */

import type { Predictions } from '../../../wire/predict'
import { compare } from '../../../wire/rank'
import type { Id, Item, Meeting, Moment, Place, Tables } from '../../../wire/types'
import { left, spent } from './timing'

export const hour: Predictions = {
  'meetings.start_meeting'(tables, { meeting_id, brings }, { me, now }) {
    const meeting = tables.meeting?.get(meeting_id)
    const first = agenda(tables, meeting_id)[0]
    if (meeting?.state !== 'planned' || live(tables) || !first) return undefined
    const begun = { ...meeting, state: 'live', started_at: now, started_by: me, item_id: first.id } as const
    return { meeting: [begun], item: [running(first, now)], ...brought(tables, brings && first.opens, me) }
  },

  'meetings.start_item'(tables, { item_id, brings }, { me, now }) {
    const [meeting, before] = on(tables)
    const item = tables.item?.get(item_id)
    if (!meeting || !before || item?.meeting_id !== meeting.id) return undefined
    const place = brought(tables, brings && item.opens, me)
    if (item.id === before.id) return place
    const isBack = compare(item.rank, before.rank) < 0
    const over = { ...held(before, now), state: isBack ? 'waiting' : 'done' } as const
    return {
      item: [running(item, now), over],
      meeting: [{ ...meeting, item_id: item.id, paused_at: null, paused_by: null }],
      ...place,
    }
  },

  'meetings.pause'(tables, _, { me, now }) {
    const [meeting, item] = on(tables)
    if (!meeting || !item || meeting.paused_at) return undefined
    return { meeting: [{ ...meeting, paused_at: now, paused_by: me }], item: [held(item, now)] }
  },

  'meetings.resume'(tables, _, { now }) {
    const [meeting, item] = on(tables)
    if (!meeting || !item || !meeting.paused_at) return undefined
    return { meeting: [{ ...meeting, paused_at: null, paused_by: null }], item: [running(item, now)] }
  },

  'meetings.extend_item'(tables, { item_id, seconds, take_from }) {
    const item = tables.item?.get(item_id)
    const payer = take_from === null ? undefined : tables.item?.get(take_from)
    if (!item || item.state === 'done' || (take_from !== null && payer?.state !== 'waiting')) return undefined
    const paid = payer ? [longer(payer, -seconds)] : []
    return { item: [longer(item, seconds), ...paid] }
  },

  'meetings.end_meeting'(tables, _, { now }) {
    return over(tables, now, 'done', {})
  },

  'meetings.stop_here'(tables, { reason }, { now }) {
    return over(tables, now, 'left', { is_stopped: true, reason })
  },
}

function live(tables: Tables): Meeting | undefined {
  return [...(tables.meeting?.values() ?? [])].find(({ state }) => state === 'live')
}

function on(tables: Tables): [Meeting, Item] | [] {
  const meeting = live(tables)
  const item = meeting?.item_id && tables.item?.get(meeting.item_id)
  return meeting && item ? [meeting, item] : []
}

function agenda(tables: Tables, meetingId: Id): Item[] {
  return [...(tables.item?.values() ?? [])]
    .filter(({ meeting_id, removed_at }) => meeting_id === meetingId && removed_at === null)
    .sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id))
}

function running(item: Item, now: Moment): Item {
  const at = Date.parse(now)
  const ends_at = new Date(at + left({ ...item, ends_at: null, spent_ms: spent(item, at) }, at)).toISOString()
  return { ...item, state: 'now', began_at: now, spent_ms: spent(item, at), ends_at }
}

function held(item: Item, now: Moment): Item {
  return { ...item, spent_ms: spent(item, Date.parse(now)), began_at: null, ends_at: null }
}

function longer(item: Item, seconds: number): Item {
  const ends_at = item.ends_at && new Date(Date.parse(item.ends_at) + seconds * 1000).toISOString()
  return { ...item, seconds: item.seconds + seconds, ends_at }
}

function over(tables: Tables, now: Moment, last: 'done' | 'left', how: Partial<Meeting>) {
  const [meeting, item] = on(tables)
  if (!meeting || !item) return undefined
  const rest = agenda(tables, meeting.id).filter(({ state }) => state === 'waiting')
  const ended = {
    ...meeting,
    ...how,
    state: 'ended',
    ended_at: now,
    item_id: null,
    paused_at: null,
    paused_by: null,
  } as const
  return {
    meeting: [ended],
    item: [{ ...held(item, now), state: last }, ...rest.map((each) => ({ ...each, state: 'left' as const }))],
  }
}

function brought(tables: Tables, view: string | null | false | undefined, me: Id): { place?: Place[] } {
  const place = tables.place?.values().next().value
  return view && place ? { place: [{ ...place, view, by: me }] } : {}
}
