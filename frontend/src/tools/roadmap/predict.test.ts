import { describe, expect, test } from 'vitest'

import { predicted } from '../../wire/predict'
import { withRows } from '../../wire/replica'
import { ROW, tablesOf } from '../../wire/testing'
import type { Aim, Command, RowLists, Step } from '../../wire/types'
import { predict } from './predict'

const NOW = '2026-04-02T12:31:00.000Z'

function step(fields: Partial<Step> = {}): Step {
  const untouched = { state: 'not_started', note: null, changed_at: null, changed_by: null } as const
  return { ...ROW, id: 's', stage: 'big_room', key: 'value', ...untouched, ...fields }
}
function aim(fields: Partial<Aim> = {}): Aim {
  return {
    ...ROW,
    id: 'aim',
    kind: 'global',
    slots: { process: 'triage' },
    state: 'draft',
    agreed_at: null,
    ...fields,
  }
}
function predictOver(rows: RowLists, command: Command) {
  const tables = tablesOf(rows)
  return withRows(tables, predicted(predict, tables, command, { id: 'command', me: 'maya', now: NOW }))
}

describe('a step', () => {
  const set = (row: Step, fields: object) =>
    predictOver(
      { step: [row] },
      { type: 'roadmap.set_step', step_id: 's', state: 'doing', ...fields },
    ).step!.get('s')

  test('is set with when and by whom', () => {
    expect(set(step(), {})).toMatchObject({ state: 'doing', changed_at: NOW, changed_by: 'maya' })
  })

  test('keeps its note unless one is given, and an empty one takes it away', () => {
    expect(set(step({ note: 'Waiting for data' }), {})?.note).toBe('Waiting for data')
    expect(set(step({ note: 'Waiting for data' }), { note: '' })?.note).toBeNull()
    expect(set(step(), { note: 'New' })?.note).toBe('New')
  })

  test('that is so already stays as it was', () => {
    const row = step({ state: 'doing', changed_by: 'tom' })
    expect(set(row, {})).toBe(row)
  })
})

describe('an aim', () => {
  const write = (slots: object): Command => ({
    type: 'roadmap.set_aim',
    aim_id: 'aim',
    kind: 'global',
    slots,
  })

  test('begins as a draft', () => {
    expect(predictOver({}, write({ process: 'triage' })).aim!.get('aim')).toMatchObject({
      kind: 'global',
      slots: { process: 'triage' },
      state: 'draft',
    })
  })

  test('that was agreed is a draft again when its words change, and stays when they do not', () => {
    const agreed = aim({ state: 'agreed', agreed_at: NOW })
    expect(predictOver({ aim: [agreed] }, write({ process: 'x' })).aim!.get('aim')).toMatchObject({
      state: 'draft',
      agreed_at: null,
    })
    expect(predictOver({ aim: [agreed] }, write({ process: 'triage' })).aim!.get('aim')).toBe(agreed)
  })

  test('is proposed, unless it is agreed already', () => {
    const propose: Command = { type: 'roadmap.propose_aim', aim_id: 'aim' }
    expect(predictOver({ aim: [aim()] }, propose).aim!.get('aim')?.state).toBe('proposed')
    expect(predictOver({ aim: [aim({ state: 'agreed' })] }, propose).aim!.get('aim')?.state).toBe('agreed')
  })

  test('is agreed, and the one agreed before becomes a draft', () => {
    const rows = [
      aim({ state: 'proposed' }),
      aim({ id: 'old', state: 'agreed' }),
      aim({ id: 'other', kind: 'specific', state: 'agreed' }),
    ]
    const view = predictOver({ aim: rows }, { type: 'roadmap.agree_aim', aim_id: 'aim' })
    expect([...view.aim!.values()].map(({ id, state }) => [id, state])).toEqual([
      ['aim', 'agreed'],
      ['old', 'draft'],
      ['other', 'agreed'],
    ])
  })
})
