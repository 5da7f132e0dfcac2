import { expect, test } from 'vitest'

import type { Method } from '../../room/method'
import type { Board } from '../../wire/types'
import { columnsOf, lensBoard, stepBoard } from './columns'

const ROW = { created_at: '', removed_at: null, redacted_at: null, locked_by: null, audience: 'all' } as const
const COLUMN = { key: 'value', title: 'Value', question: 'What matters?' }
const LENSES: Board = { ...ROW, id: 'lenses', title: '5Vs', step_key: null, columns: [COLUMN] }
const PAGE: Board = { ...ROW, id: 'page', title: 'Fishbone', step_key: 'fishbone', columns: [COLUMN] }
const LENS = { ...COLUMN, badge: 'Va', shape: 'circle', kinds: ['quote'] }
const METHOD = { lenses: [{ ...LENS, key: 'other' }, LENS] } as unknown as Method

test('a room has one lens board, and boards for steps', () => {
  expect(lensBoard([PAGE, LENSES])?.id).toBe('lenses')
  expect(stepBoard([PAGE, LENSES], 'fishbone')?.id).toBe('page')
  expect(stepBoard([PAGE, LENSES], 'map')).toBeUndefined()
})

test('columns of the lens board know their lens and its place in the method', () => {
  expect(columnsOf(LENSES, METHOD)[0]?.lens).toMatchObject({ index: 1, badge: 'Va', kinds: ['quote'] })
  expect(columnsOf(LENSES, undefined)[0]?.lens).toBeNull()
})

test('columns of a step are plain, whatever they are called', () => {
  expect(columnsOf(PAGE, METHOD)).toEqual([{ ...COLUMN, lens: null }])
})
