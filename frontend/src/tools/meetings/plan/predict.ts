/** What planning a meeting will probably do. */

import { added, born, changed, clean, type Predictions } from '../../../wire/predict'
import { between, compare } from '../../../wire/rank'
import type { Id, Item, Tables } from '../../../wire/types'
import { STEPS_KEPT } from './kept'

export const plan: Predictions = {
  'meetings.add_item'(tables, command, { now }) {
    const { item_id, meeting_id, title, minutes, meeting_step, note, after } = command
    if (!isOpen(tables, meeting_id)) return undefined
    const { lead = null, lead_id = null, tool = null, opens = null, link = null } = command
    return added(tables, 'item', {
      ...born(item_id, now),
      meeting_id,
      rank: rankAfter(tables, meeting_id, after),
      title: clean(title),
      minutes,
      seconds: minutes * 60,
      meeting_step: meeting_step ?? 'work',
      lead,
      lead_id: lead === 'member' ? lead_id : null,
      tool,
      is_story: command.is_story ?? false,
      opens,
      note: note ? clean(note) : null,
      link,
      carried_from: null,
      state: 'waiting',
      began_at: null,
      spent_ms: 0,
      ends_at: null,
    })
  },

  'meetings.set_item'(tables, { type: _, item_id, even_protected, ...said }) {
    const item = tables.item?.get(item_id)
    if (!item || item.state === 'done' || item.state === 'left' || !isOpen(tables, item.meeting_id))
      return undefined
    if (item.state === 'now' && (said.minutes || said.meeting_step)) return undefined
    const will = { ...item, ...(said as Partial<Item>) }
    if (said.title) will.title = clean(said.title)
    if (said.note !== undefined) will.note = said.note ? clean(said.note) : null
    if (will.lead !== 'member') will.lead_id = null
    if (will.minutes !== item.minutes) will.seconds = will.minutes * 60
    const isLess = will.minutes < item.minutes || !STEPS_KEPT.includes(will.meeting_step)
    if (STEPS_KEPT.includes(item.meeting_step) && isLess && !even_protected) return undefined
    return changed(tables, 'item', item_id, will)
  },

  'meetings.move_item'(tables, { item_id, after, meeting_id }) {
    const item = tables.item?.get(item_id)
    if (item?.state !== 'waiting' || after === item_id) return undefined
    const to = meeting_id ?? item.meeting_id
    if (!isOpen(tables, item.meeting_id) || !isOpen(tables, to)) return undefined
    return changed(tables, 'item', item_id, { meeting_id: to, rank: rankAfter(tables, to, after, item_id) })
  },

  'meetings.remove_item'(tables, { item_id, even_protected }, { now }) {
    const item = tables.item?.get(item_id)
    if (item?.state !== 'waiting' || (STEPS_KEPT.includes(item.meeting_step) && !even_protected))
      return undefined
    return changed(tables, 'item', item_id, { removed_at: now })
  },

  'meetings.restore_item'(tables, { item_id }) {
    const item = tables.item?.get(item_id)
    return item && { item: [{ ...item, removed_at: null }] }
  },

  'meetings.set_meeting'(tables, { meeting_id, objective, minutes }) {
    const meeting = tables.meeting?.get(meeting_id)
    if (!meeting || meeting.state === 'skipped') return undefined
    const said = objective === undefined ? {} : { objective: objective === null ? null : clean(objective) }
    return changed(tables, 'meeting', meeting_id, { ...said, ...(minutes && { minutes }) })
  },

  'meetings.skip_meeting'(tables, { meeting_id, reason }) {
    const meeting = tables.meeting?.get(meeting_id)
    if (meeting?.state !== 'planned' && meeting?.state !== 'skipped') return undefined
    return changed(tables, 'meeting', meeting_id, { state: 'skipped', reason: clean(reason) })
  },

  'meetings.unskip_meeting'(tables, { meeting_id }) {
    if (tables.meeting?.get(meeting_id)?.state !== 'skipped') return undefined
    return changed(tables, 'meeting', meeting_id, { state: 'planned', reason: null })
  },
}

function isOpen(tables: Tables, meetingId: Id): boolean {
  const state = tables.meeting?.get(meetingId)?.state
  return state === 'planned' || state === 'live'
}

/** Directly behind that item, or first (null), or before what the end of the hour is kept for (undefined). */
function rankAfter(tables: Tables, meetingId: Id, after: Id | null | undefined, moved?: Id): string {
  const others = [...(tables.item?.values() ?? [])]
    .filter(({ id, meeting_id }) => meeting_id === meetingId && id !== moved)
    .sort((a, b) => compare(a.rank, b.rank))
  const work = others.filter((item) => !item.removed_at && !STEPS_KEPT.includes(item.meeting_step))
  const low = after === undefined ? work.at(-1) : others.find(({ id }) => id === after)
  const high = others.find(({ rank }) => !low || compare(rank, low.rank) > 0)
  return between(low?.rank ?? null, high?.rank ?? null)
}
