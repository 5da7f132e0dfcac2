import { expect, test } from 'vitest'

import { stagesOf } from '../../room/roadmap'
import type { Room } from '../../room/room.svelte'
import type { Aim, Board, Kind, RowLists, Step, StepState, Theme } from '../../wire/types'
import { card } from '../../wire/testing'
import { speak } from '../../wire/words'
import { madeIn, waitingThemes } from './made'

speak({
  'roadmap.cards_under.other': '{count} cards under the {board}',
  'roadmap.themes_named.other': '{count} themes named',
  'roadmap.started_with': 'Started with {theme}',
  'roadmap.global_is.agreed': 'Global aim agreed',
  'roadmap.specific_is.draft': 'Specific aim being written',
  'roadmap.cards_on_pages.one': '{count} card on the pages',
  'roadmap.notes.one': '{count} note',
})

const ROW = { created_at: '', removed_at: null, redacted_at: null, locked_by: null }

function step(key: string, opens: string) {
  return { key, title: key, question: '', done_looks_like: '', opens, audience: 'all', columns: [] }
}

const LENS = { key: 'value', title: 'Value', question: '', badge: 'Va', shape: 'circle', kinds: [] }
const METHOD = {
  board_title: '5Vs',
  lenses: [LENS, { ...LENS, key: 'vision', badge: 'Vn' }],
  stages: [
    { key: 'look', title: 'Look', steps: [step('value', 'board:value'), step('vision', 'board:vision')] },
    { key: 'find', title: 'Find', steps: [step('cluster', 'themes'), step('aim', 'global_aim')] },
    { key: 'try', title: 'Try', steps: [step('fishbone', 'page'), step('number', 'specific_aim')] },
    { key: 'keep', title: 'Keep', steps: [step('next', 'themes')] },
  ],
}

function row(stage: string, key: string, state: StepState = 'not_started', note: string | null = null): Step {
  return { ...ROW, id: key, stage, key, state, note, changed_at: null, changed_by: null }
}

const STEPS = METHOD.stages.flatMap(({ key, steps }) => steps.map((step) => row(key, step.key)))

function board(id: string, step_key: string | null): Board {
  return { ...ROW, id, title: id, step_key, audience: 'all', columns: [] }
}

function theme(id: string, chosen_at: string | null = null): Theme {
  return { ...ROW, id, board_id: 'lenses', title: id, rank: id, chosen_at, reason: null }
}

function aim(kind: Aim['kind'], state: Aim['state'], slots: Aim['slots']): Aim {
  return { ...ROW, id: kind, kind, state, slots, agreed_at: null }
}

function room(rows: RowLists): Room {
  const lists: RowLists = { step: STEPS, board: [board('lenses', null), board('page', 'fishbone')], ...rows }
  const all = (kind: Kind) => lists[kind] ?? []
  return { method: METHOD, all, may: () => true, now: () => 0 } as unknown as Room
}

function made(rows: RowLists) {
  const here = room(rows)
  return madeIn(here, stagesOf(here))
}

test('a new room has made nothing, and does not pretend', () => {
  expect(made({})).toEqual(METHOD.stages.map(() => ({ facts: [], picture: null })))
})

test('cards are counted under their lenses', () => {
  const [look] = made({ card: [card('a'), card('b'), card('c', { column: 'vision' })] })
  expect(look?.facts).toEqual(['3 cards under the 5Vs'])
  expect(look?.picture).toMatchObject({ of: 'lenses', lenses: [{ cards: 2 }, { cards: 1 }] })
})

test('themes are told once, in the first stage that opens them, with the chosen one', () => {
  const rows = {
    theme: [theme('first', '2026-04-02'), theme('second')],
    card: [card('a', { theme_id: 'first' })],
  }
  const [, find, , keep] = made(rows)
  expect(find?.facts).toEqual(['2 themes named', 'Started with first'])
  expect(find?.picture).toEqual({
    of: 'themes',
    themes: [
      { cards: 1, isChosen: true },
      { cards: 0, isChosen: false },
    ],
  })
  expect(keep?.facts).toEqual([])
})

test('an aim says how far it is, and draws where the process begins and ends', () => {
  const rows = {
    aim: [aim('global', 'agreed', { start: 'triage', end: 'first dose' }), aim('specific', 'draft', {})],
  }
  const [, find, tried] = made(rows)
  expect(find).toEqual({
    facts: ['Global aim agreed'],
    picture: { of: 'aim', start: 'triage', end: 'first dose' },
  })
  expect(tried?.facts).toEqual(['Specific aim being written'])
})

test('pages tell of their cards and notes', () => {
  const notes = STEPS.map((step) => (step.key === 'fishbone' ? { ...step, note: 'half done' } : step))
  const [, , tried] = made({ card: [card('a', { board_id: 'page' })], step: notes })
  expect(tried?.facts).toEqual(['1 card on the pages', '1 note'])
})

test('themes wait for their turn once one is chosen', () => {
  expect(waitingThemes(room({ theme: [theme('first'), theme('second')] }))).toEqual([])
  expect(waitingThemes(room({ theme: [theme('first', '2026-04-02'), theme('second')] }))).toEqual(['second'])
})
