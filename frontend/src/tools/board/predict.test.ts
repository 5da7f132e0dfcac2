import { describe, expect, test } from 'vitest'

import { type Ask, predicted } from '../../wire/predict'
import { withRows } from '../../wire/replica'
import { card, member, ROW, tablesOf } from '../../wire/testing'
import type { Board, Capture, CardText, Command, RowLists, Theme } from '../../wire/types'
import { predict } from './predict'

const ASK: Ask = { id: 'command', me: 'maya', now: '2026-04-02T12:31:00.000Z' }

const lenses: Board = { ...ROW, id: 'lenses', title: '5V', step_key: null, audience: 'all', columns: [] }
const people = [
  member('maya', { voice: 'patient' }),
  member('tom', { voice: 'nurse' }),
  member('joe', { voice: 'carer' }),
]

function theme(id: string, fields: Partial<Theme> = {}): Theme {
  return { ...ROW, id, board_id: 'lenses', title: id, rank: 'a0', chosen_at: null, reason: null, ...fields }
}
function cardText(id: string, fields: Partial<CardText> = {}): CardText {
  return { ...ROW, id, card_id: 'a', text: id, by: 'tom', base_rev: 0, ...fields }
}

function predictOver(rows: RowLists, command: Command, ask: Partial<Ask> = {}) {
  const tables = tablesOf({ board: [lenses], member: people, ...rows })
  return withRows(tables, predicted(predict, tables, command, { ...ASK, ...ask }))
}

const abc = [card('a', { rank: 'a0' }), card('b', { rank: 'a1' }), card('c', { rank: 'a2' })]
const orderOf = (view: ReturnType<typeof tablesOf>) =>
  [...view.card!.values()]
    .sort((x, y) => (x.rank < y.rank ? -1 : 1))
    .map(({ id }) => id)
    .join('')

describe('a new card', () => {
  const add: Command = {
    type: 'board.add_card',
    card_id: 'new',
    board_id: 'lenses',
    column: 'vision',
    text: ' Seen! ',
  }

  test('hangs behind all others at once, in my name and voice', () => {
    const view = predictOver({ card: abc }, add)
    expect(view.card!.get('new')).toMatchObject({
      text: 'Seen!',
      column: 'vision',
      author_id: 'maya',
      voice: 'patient',
      from_patient: true,
      rev: 0,
    })
    expect(orderOf(view)).toBe('abcnew')
  })

  test('for somebody on the telephone has their voice', () => {
    const row = predictOver({}, { ...add, proxy_for: 'joe' }, { me: 'tom' }).card!.get('new')
    expect(row).toMatchObject({ author_id: 'tom', proxy_for: 'joe', voice: 'carer', from_patient: true })
    expect(predictOver({}, add, { me: 'tom' }).card!.get('new')?.from_patient).toBe(false)
  })

  test('that the server has already is left as the server has it', () => {
    const stored = card('new', { text: 'Seen!', rank: 'a7' })
    expect(predictOver({ card: [stored] }, add).card!.get('new')).toBe(stored)
  })

  test('on a board that is not there waits for the server', () => {
    expect(predictOver({}, { ...add, board_id: 'gone' }).card).toBeUndefined()
  })
})

describe('words', () => {
  const edit = (base_rev: number): Command => ({
    type: 'board.edit_card',
    card_id: 'a',
    text: 'Better',
    base_rev,
  })

  test('of my own card change at once', () => {
    const row = predictOver({ card: [card('a')] }, edit(0)).card!.get('a')
    expect(row).toMatchObject({ text: 'Better', rev: 1, corrected_by: null, original: null })
  })

  test('of somebody else are marked as corrected, and the first ones kept', () => {
    const theirs = card('a', { author_id: 'tom' })
    const row = predictOver({ card: [theirs] }, edit(0)).card!.get('a')
    expect(row).toMatchObject({ text: 'Better', corrected_by: 'maya', original: 'a' })
  })

  test('that come too late wait under those that stand', () => {
    const view = predictOver({ card: [card('a', { rev: 1, text: 'First' })] }, edit(0))
    expect(view.card!.get('a')).toMatchObject({ text: 'First', rev: 1 })
    expect([...view.card_text!.values()]).toMatchObject([
      { card_id: 'a', text: 'Better', by: 'maya', base_rev: 0 },
    ])
  })

  test('that the server has already kept are not shown twice', () => {
    const kept = cardText('k', { text: 'Better', by: 'maya' })
    const view = predictOver({ card: [card('a', { rev: 1 })], card_text: [kept] }, edit(0))
    expect([...view.card_text!.values()]).toEqual([kept])
  })

  test('that the server has already taken over are not written again', () => {
    const stored = card('a', { rev: 1, text: 'Better' })
    expect(predictOver({ card: [stored] }, edit(0)).card!.get('a')).toBe(stored)
  })

  test('of a card that was removed or redacted stay away', () => {
    for (const fields of [
      { removed_at: ASK.now },
      { redacted_at: ASK.now, text: null },
      { locked_by: 'ballot' },
    ]) {
      const row = card('a', fields)
      expect(predictOver({ card: [row] }, edit(0)).card!.get('a')).toBe(row)
    }
  })

  test('are settled: the chosen text stands, and the others go', () => {
    const rows = {
      card: [card('a', { rev: 1, author_id: 'tom' })],
      card_text: [cardText('x'), cardText('y')],
    }
    const view = predictOver(rows, { type: 'board.settle_text', card_id: 'a', text_id: 'x' })
    expect(view.card!.get('a')).toMatchObject({ text: 'x', rev: 2, corrected_by: null })
    expect([...view.card_text!.values()].every(({ removed_at }) => removed_at === ASK.now)).toBe(true)
    const stands = predictOver(rows, { type: 'board.settle_text', card_id: 'a', text_id: null })
    expect(stands.card!.get('a')).toMatchObject({ text: 'a', rev: 1 })
  })
})

describe('a move', () => {
  const move = (card_id: string, fields: object): Command => ({ type: 'board.move_card', card_id, ...fields })

  test('puts the card behind the one it was dropped on, or first', () => {
    expect(orderOf(predictOver({ card: abc }, move('a', { after: 'b' })))).toBe('bac')
    expect(orderOf(predictOver({ card: abc }, move('c', { after: null })))).toBe('cab')
    expect(orderOf(predictOver({ card: abc }, move('a', { after: 'c' })))).toBe('bca')
  })

  test('to another column keeps the place where none is named', () => {
    const row = predictOver({ card: abc }, move('b', { column: 'vision' })).card!.get('b')
    expect(row).toMatchObject({ column: 'vision', rank: 'a1' })
  })

  test('to where the card is already changes nothing', () => {
    expect(predictOver({ card: abc }, move('b', { after: 'a' })).card!.get('b')).toEqual(abc[1])
  })

  test('behind a card that is gone leaves the place to the server', () => {
    const row = predictOver({ card: abc }, move('b', { after: 'gone', column: 'vision' })).card!.get('b')
    expect(row).toMatchObject({ column: 'vision', rank: 'a1' })
  })

  test('goes into a theme and out of it', () => {
    const inside = [card('a', { theme_id: 'waiting' })]
    expect(predictOver({ card: abc }, move('a', { theme_id: 'waiting' })).card!.get('a')?.theme_id).toBe(
      'waiting',
    )
    expect(predictOver({ card: inside }, move('a', { after: null })).card!.get('a')?.theme_id).toBe('waiting')
    expect(predictOver({ card: inside }, move('a', { theme_id: null })).card!.get('a')?.theme_id).toBeNull()
  })
})

test('a card goes and comes back', () => {
  const gone = predictOver({ card: abc }, { type: 'board.remove_card', card_id: 'a' }).card!.get('a')!
  expect(gone.removed_at).toBe(ASK.now)
  const back = predictOver({ card: [gone] }, { type: 'board.restore_card', card_id: 'a' }).card!.get('a')!
  expect(back.removed_at).toBeNull()
})

test('what is said about a card changes, and nothing else', () => {
  const set = (fields: object) =>
    predictOver(
      { card: [card('a', { kind: 'quote' })] },
      {
        type: 'board.set_card',
        card_id: 'a',
        ...fields,
      },
    ).card!.get('a')!
  expect(set({ confidence: 'find_out' })).toMatchObject({
    kind: 'quote',
    confidence: 'find_out',
    from_patient: false,
  })
  expect(set({ kind: null })).toMatchObject({ kind: null })
  expect(set({ proxy_for: 'joe' })).toMatchObject({ proxy_for: 'joe', voice: 'carer', from_patient: true })
  expect(set({ from_patient: true })).toMatchObject({ from_patient: true, voice: null })
})

describe('themes', () => {
  test('are added behind the others, and renamed', () => {
    const rows = { theme: [theme('waiting', { rank: 'a3' })] }
    const view = predictOver(rows, {
      type: 'board.add_theme',
      theme_id: 't',
      board_id: 'lenses',
      title: 'Handover',
    })
    expect(view.theme!.get('t')).toMatchObject({ title: 'Handover', chosen_at: null })
    expect(view.theme!.get('t')!.rank > 'a3').toBe(true)
    const named = predictOver(rows, { type: 'board.rename_theme', theme_id: 'waiting', title: 'Waits' })
    expect(named.theme!.get('waiting')?.title).toBe('Waits')
  })

  test('one is chosen with its reason; the one before keeps its own', () => {
    const before = theme('before', { chosen_at: '2026-03-26T12:00:00.000Z', reason: 'It was nearest' })
    const choose: Command = { type: 'board.choose_theme', theme_id: 'now', reason: 'It hurts most' }
    const view = predictOver({ theme: [before, theme('now')] }, choose)
    expect(view.theme!.get('now')).toMatchObject({ chosen_at: ASK.now, reason: 'It hurts most' })
    expect(view.theme!.get('before')).toMatchObject({ chosen_at: null, reason: 'It was nearest' })
  })
})

describe('in silence', () => {
  const add: Command = {
    type: 'board.add_card',
    card_id: 'new',
    board_id: 'lenses',
    column: 'value',
    text: 'Nobody said it',
  }

  function capture(mode: Capture['mode'], fields: Partial<Capture> = {}): Capture {
    const open = { board_id: 'lenses', column: null, mode, state: 'writing', written: 2, asking: 0 } as const
    return { ...ROW, id: 'silence', ...open, ...fields }
  }
  const written = (mode: Capture['mode']) => predictOver({ capture: [capture(mode)] }, add)

  test('my card lies face down, and is counted', () => {
    const view = written('named')
    expect(view.card!.get('new')).toMatchObject({
      hidden: true,
      capture_id: 'silence',
      author_id: 'maya',
      voice: 'patient',
    })
    expect(view.capture!.get('silence')?.written).toBe(3)
  })

  test('it says only where I speak from, or nothing, as the mode says', () => {
    expect(written('voice').card!.get('new')).toMatchObject({ author_id: null, voice: 'patient' })
    expect(written('unsigned').card!.get('new')).toMatchObject({
      author_id: null,
      voice: null,
      from_patient: false,
    })
  })

  test('of one column the others stay open', () => {
    const only = [capture('unsigned', { column: 'vision' })]
    expect(predictOver({ capture: only }, add).card!.get('new')).toMatchObject({
      hidden: false,
      author_id: 'maya',
    })
  })

  test('a card that was meant for a silence that is over waits for the server', () => {
    const over = [capture('unsigned', { state: 'revealed' })]
    expect(predictOver({ capture: over }, { ...add, capture_id: 'silence' }).card).toBeUndefined()
  })

  test('what is taken back is counted no more, and once it is put back, again', () => {
    const rows = {
      capture: [capture('unsigned')],
      card: [card('a', { hidden: true, capture_id: 'silence', author_id: null })],
    }
    const gone = predictOver(rows, { type: 'board.remove_card', card_id: 'a' })
    expect(gone.capture!.get('silence')?.written).toBe(1)
    const there = { capture: [...gone.capture!.values()], card: [...gone.card!.values()] }
    const back = predictOver(there, { type: 'board.restore_card', card_id: 'a' })
    expect(back.capture!.get('silence')?.written).toBe(2)
  })

  test('a text that loses a race in a nameless card is nobody’s', () => {
    const rows = {
      card: [card('a', { hidden: true, capture_id: 'silence', author_id: null, rev: 1, text: 'First' })],
    }
    const view = predictOver(rows, { type: 'board.edit_card', card_id: 'a', text: 'Mine', base_rev: 0 })
    expect([...view.card_text!.values()]).toMatchObject([{ text: 'Mine', by: null }])
  })

  test('it begins with nothing written', () => {
    const start: Command = {
      type: 'board.start_capture',
      capture_id: 'silence',
      board_id: 'lenses',
      column: null,
      mode: 'voice',
    }
    expect(predictOver({}, start).capture!.get('silence')).toMatchObject({ state: 'writing', written: 0 })
  })
})
