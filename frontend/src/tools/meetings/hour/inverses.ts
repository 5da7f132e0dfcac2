/** What takes back a press that paced the hour: the item before, the clock running or standing as it was. */

import type { Inverse, Inverses } from '../../../wire/inverse'
import type { Command, Id, Tables } from '../../../wire/types'

export const hour: Inverses = {
  'meetings.start_item'(before) {
    const meeting = live(before)
    const item_id = meeting?.item_id
    return item_id ? ofMeeting(meeting.id, { type: 'meetings.start_item', item_id }) : undefined
  },

  'meetings.pause': (before) => ofLive(before, { type: 'meetings.resume' }),

  'meetings.resume': (before) => ofLive(before, { type: 'meetings.pause' }),
}

function live(tables: Tables) {
  return [...(tables.meeting?.values() ?? [])].find(({ state }) => state === 'live')
}

function ofLive(before: Tables, command: Command): Inverse | undefined {
  const meeting = live(before)
  return meeting && ofMeeting(meeting.id, command)
}

function ofMeeting(id: Id, command: Command): Inverse {
  return { command, kind: 'meeting', id }
}
