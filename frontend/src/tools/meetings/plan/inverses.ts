/** What takes back what was planned. */

import type { Inverse, Inverses } from '../../../wire/inverse'
import { compare } from '../../../wire/rank'
import type { Command, Id, Item, Tables } from '../../../wire/types'

export const plan: Inverses = {
  'meetings.add_item': (_, { item_id }) => ofItem(item_id, { type: 'meetings.remove_item', item_id }),

  'meetings.remove_item': (_, { item_id }) => ofItem(item_id, { type: 'meetings.restore_item', item_id }),

  'meetings.restore_item': (_, { item_id }) =>
    ofItem(item_id, { type: 'meetings.remove_item', item_id, even_protected: true }),

  'meetings.set_item'(before, command) {
    const item = before.item?.get(command.item_id)
    if (!item) return undefined
    const { title, minutes, meeting_step, lead, lead_id, tool, is_story, opens, note, link } = item
    const was = { title, minutes, meeting_step, lead, lead_id, tool, is_story, opens, note, link }
    const said = Object.entries(was).filter(([field]) => field in command)
    const back = { ...Object.fromEntries(said), ...('lead' in command && { lead, lead_id }) }
    return ofItem(item.id, { type: 'meetings.set_item', item_id: item.id, ...back, even_protected: true })
  },

  'meetings.move_item'(before, { item_id, meeting_id }) {
    const item = before.item?.get(item_id)
    if (!item) return undefined
    const back = meeting_id === undefined ? {} : { meeting_id: item.meeting_id }
    return ofItem(item_id, { type: 'meetings.move_item', item_id, ...back, after: itemBefore(before, item) })
  },

  'meetings.set_meeting'(before, { meeting_id, objective, minutes }) {
    const meeting = before.meeting?.get(meeting_id)
    if (!meeting) return undefined
    return ofMeeting(meeting_id, {
      type: 'meetings.set_meeting',
      meeting_id,
      ...(objective !== undefined && { objective: meeting.objective }),
      ...(minutes !== undefined && { minutes: meeting.minutes }),
    })
  },

  'meetings.skip_meeting'(before, { meeting_id }) {
    if (before.meeting?.get(meeting_id)?.state !== 'planned') return undefined
    return ofMeeting(meeting_id, { type: 'meetings.unskip_meeting', meeting_id })
  },

  'meetings.unskip_meeting'(before, { meeting_id }) {
    const reason = before.meeting?.get(meeting_id)?.reason
    return reason ? ofMeeting(meeting_id, { type: 'meetings.skip_meeting', meeting_id, reason }) : undefined
  },
}

function ofItem(id: Id, command: Command): Inverse {
  return { command, kind: 'item', id }
}

function ofMeeting(id: Id, command: Command): Inverse {
  return { command, kind: 'meeting', id }
}

function itemBefore(tables: Tables, item: Item): Id | null {
  const ahead = [...tables.item!.values()]
    .filter(({ meeting_id, rank }) => meeting_id === item.meeting_id && compare(rank, item.rank) < 0)
    .sort((a, b) => compare(a.rank, b.rank))
  return ahead.at(-1)?.id ?? null
}
