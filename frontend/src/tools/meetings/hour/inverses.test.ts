import { expect, test } from 'vitest'

import { ROW, tablesOf } from '../../../wire/testing'
import type { Meeting } from '../../../wire/types'
import { hour } from './inverses'

const ON = { ...ROW, id: 'today', state: 'live', item_id: 'story', paused_at: null } as Meeting
const tables = tablesOf({ meeting: [ON] })

test('who pressed next too soon goes back to the item that was on', () => {
  const next = { type: 'meetings.start_item', item_id: 'work' } as const
  expect(hour['meetings.start_item']!(tables, next, tables)).toEqual({
    command: { type: 'meetings.start_item', item_id: 'story' },
    kind: 'meeting',
    id: 'today',
  })
})

test('a pause is taken back by going on, and without a meeting there is nothing to take back', () => {
  const pause = { type: 'meetings.pause' } as const
  expect(hour['meetings.pause']!(tables, pause, tables)?.command).toEqual({ type: 'meetings.resume' })
  expect(hour['meetings.pause']!({}, pause, {})).toBeUndefined()
})
