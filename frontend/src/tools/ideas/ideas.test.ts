import { expect, test } from 'vitest'

import { predicted } from '../../wire/predict'
import type { Command, Idea, IdeaStep, RowLists, Tables } from '../../wire/types'
import { onShelf, openAsks, search } from './ideas'
import { inverses } from './inverses'
import { predict } from './predict'

const NOW = '2026-11-26T12:30:00.000Z'
const ASK = { id: 'c', me: 'maya', now: NOW }
const born = { created_at: NOW, removed_at: null, redacted_at: null, locked_by: null }

function idea(id: string, fields: Partial<Idea> = {}): Idea {
  const said = {
    text: 'Put first doses on a red trolley',
    note: null,
    rank: id,
    rev: 0,
    state: 'raw' as const,
  }
  const whose = { author_id: 'maya', proxy_for: null, voice: null, from_patient: false, credited: [] }
  const nothing = {
    letter: null,
    corrected_by: null,
    original: null,
    merged_into: null,
    concept: null,
    card_id: null,
    theme_id: null,
    aim_id: null,
    outside_control: false,
    impact: null,
    effort: null,
    held: false,
    hidden: false,
    capture_id: null,
  }
  return { id, ...born, ...nothing, ...said, ...whose, ...fields }
}

function table<R extends { id: string }>(...rows: R[]): Map<string, R> {
  return new Map(rows.map((row) => [row.id, row]))
}

function after(command: Command, tables: Record<string, unknown> = {}): RowLists {
  return predicted(predict, tables as Tables, command, ASK)
}

const writing = { ...born, id: 's', mode: 'unsigned', until: null, state: 'writing', written: 3, asking: 0 }

test('an idea is on the list before the server has answered', () => {
  const { idea: rows } = after({ type: 'ideas.add_idea', idea_id: 'a', text: ' A red trolley ' })
  expect(rows).toMatchObject([
    { id: 'a', text: 'A red trolley', author_id: 'maya', state: 'raw', hidden: false },
  ])
})

test('in silence it lies face down, is counted, and names nobody', () => {
  const put = after(
    { type: 'ideas.add_idea', idea_id: 'a', text: 'A red trolley', capture_id: 's' },
    { idea_capture: table(writing) },
  )
  expect(put.idea).toMatchObject([{ hidden: true, capture_id: 's', author_id: null }])
  expect(put.idea_capture).toMatchObject([{ written: 4 }])
})

test('what comes after the time or after the showing waits for the server', () => {
  const over = { ...writing, until: NOW }
  const add = { type: 'ideas.add_idea', idea_id: 'a', text: 'Late' } as const
  expect(after(add, { idea_capture: table(over) })).toEqual({})
  expect(
    after({ ...add, capture_id: 's' }, { idea_capture: table({ ...writing, state: 'revealed' }) }),
  ).toEqual({})
})

test('words over newer words are left to the server', () => {
  const ideas = { idea: table(idea('a', { rev: 2 })) }
  expect(after({ type: 'ideas.edit_idea', idea_id: 'a', text: 'Mine', base_rev: 1 }, ideas)).toEqual({})
})

test('a correction is marked at once, and the first words kept', () => {
  const ideas = { idea: table(idea('a', { author_id: 'rosa', text: 'A red troley' })) }
  const put = after({ type: 'ideas.edit_idea', idea_id: 'a', text: 'A red trolley', base_rev: 0 }, ideas)
  expect(put.idea).toMatchObject([{ corrected_by: 'maya', original: 'A red troley', rev: 1 }])
})

test('what becomes of an idea is a step of its life', () => {
  const put = after(
    { type: 'ideas.set_state', idea_id: 'a', state: 'testing', reason: 'Resus first' },
    { idea: table(idea('a', { state: 'selected' })) },
  )
  expect(put.idea).toMatchObject([{ state: 'testing' }])
  expect(put.idea_step).toMatchObject([{ idea_id: 'a', state: 'testing', reason: 'Resus first', by: 'maya' }])
  const raw = { idea: table(idea('a')) }
  expect(after({ type: 'ideas.set_state', idea_id: 'a', state: 'testing' }, raw)).toEqual({})
})

test('what a ballot holds stays as it is', () => {
  const held = { idea: table(idea('a', { locked_by: 'ballot' })) }
  expect(after({ type: 'ideas.set_idea', idea_id: 'a', impact: 3 }, held)).toEqual({})
})

test('moving is taken back to where it stood', () => {
  const before = { idea: table(idea('a'), idea('b'), idea('c')) } as unknown as Tables
  const command = { type: 'ideas.move_idea', idea_id: 'c', after: null } as const
  expect(inverses['ideas.move_idea']?.(before, command, before)?.command).toEqual({ ...command, after: 'b' })
})

test('each idea is on the shelf of its state, and what became one with another on none', () => {
  const ideas = [idea('a'), idea('b', { state: 'not_now' }), idea('c', { state: 'merged', merged_into: 'a' })]
  expect(onShelf(ideas, 'list').map(({ id }) => id)).toEqual(['a'])
  expect(onShelf(ideas, 'later').map(({ id }) => id)).toEqual(['b'])
})

test('what waits is found by the beginnings of its words, its note and why it waits', () => {
  const ideas = [idea('a', { text: 'Café for families' }), idea('b', { note: 'By the porters' }), idea('c')]
  const why = [{ idea_id: 'c', reason: 'No money' }] as IdeaStep[]
  expect(search(ideas, why, 'caf FAM').map(({ id }) => id)).toEqual(['a'])
  expect(search(ideas, why, 'port').map(({ id }) => id)).toEqual(['b'])
  expect(search(ideas, why, 'money').map(({ id }) => id)).toEqual(['c'])
  expect(search(ideas, why, '  ')).toHaveLength(3)
  expect(search(ideas, why, 'xyz')).toEqual([])
})

test('nobody is asked about an idea that is gone', () => {
  const ideas = table(idea('a'), idea('b', { removed_at: NOW }))
  const merge = { ...born, id: 'm', state: 'asked', into_id: 'a', idea_ids: ['b'] }
  const room = { all: () => [merge], get: (_: string, id: string) => ideas.get(id) }
  expect(openAsks(room as never)).toEqual([])
})
