import { beforeEach, expect, test, vi } from 'vitest'

import type { Room } from '../../room/room.svelte'
import { voice } from '../../ui/announcer.svelte'
import { tray } from '../../ui/toasts.svelte'
import { card } from '../../wire/testing'
import type { Board, Card, Command, Id } from '../../wire/types'
import { speak } from '../../wire/words'
import { Desk } from './desk.svelte'
import { predict } from './predict'

vi.stubGlobal('document', { getElementById: () => null })
speak({ 'board.moved': 'Moved to {list}, position {at} of {count}', 'board.no_theme': 'No theme yet' })

const BOARD = { id: 'lenses', step_key: null } as Board
const COLUMNS = ['value', 'vision'].map((key) => ({ key, title: key, question: '', lens: null }))
const LISTS = COLUMNS.map(({ key, title }) => ({ list: { column: key }, title }))

let cards: Map<Id, Card>
let sent: Command[]
let desk: Desk

/** A room in which everything one does is predicted, and nothing is refused. */
const ROOM = {
  all: () => [...cards.values()].sort((a, b) => (a.rank < b.rank ? -1 : 1)),
  get: (_: string, id: Id) => cards.get(id),
  send(command: Command) {
    sent.push(command)
    const rule = predict[command.type] as (
      tables: unknown,
      command: Command,
      ask: unknown,
    ) => { card?: Card[] }
    for (const moved of rule({ card: cards }, command, {})?.card ?? []) cards.set(moved.id, moved)
  },
} as unknown as Room

beforeEach(() => {
  const given = [
    card('a', { rank: 'A' }),
    card('b', { rank: 'B' }),
    card('c', { rank: 'C', column: 'vision' }),
  ]
  cards = new Map(given.map((card) => [card.id, card]))
  sent = []
  tray.clear()
  desk = new Desk(
    ROOM,
    () => 'board',
    () => ({ board: BOARD, columns: COLUMNS, lists: LISTS }),
  )
})

function ids(column: string): Id[] {
  return desk.in({ column }).map(({ id }) => id)
}

test('Alt and an arrow moves a card down, up, and to the end of the next column', async () => {
  const first = () => cards.get('a')!
  await desk.arrow(first(), { column: 'value' }, 'ArrowDown')
  expect(ids('value')).toEqual(['b', 'a'])
  await desk.arrow(first(), { column: 'value' }, 'ArrowUp')
  expect(ids('value')).toEqual(['a', 'b'])
  await desk.arrow(first(), { column: 'value' }, 'ArrowRight')
  expect(ids('vision')).toEqual(['c', 'a'])
})

test('at an end nothing is sent', async () => {
  await desk.arrow(cards.get('a')!, { column: 'value' }, 'ArrowUp')
  await desk.arrow(cards.get('a')!, { column: 'value' }, 'ArrowLeft')
  expect(sent).toEqual([])
})

test('a move to another column says where the card is, and can be undone', async () => {
  await desk.move('b', { list: { column: 'vision' }, after: null })
  expect(tray.current?.text).toBe('Moved to vision, position 1 of 2')
  tray.current?.undo?.()
  expect(ids('value')).toEqual(['a', 'b'])
})

test('a move within a column is said', async () => {
  const said = vi.spyOn(voice, 'say')
  await desk.move('b', { list: { column: 'value' }, after: null })
  expect(said).toHaveBeenCalledWith('Moved to value, position 1 of 2', 'needed')
  expect(tray.current).toBeNull()
})

test('a card that is dropped where it was is not moved', async () => {
  await desk.move('b', { list: { column: 'value' }, after: 'a' })
  expect(sent).toEqual([])
})

test('a drop finds its place among the cards that are there by then', () => {
  desk.started('a')
  cards.set('new', card('new', { rank: 'D', column: 'vision' }))
  desk.dropped('a', { list: { column: 'vision' }, card: 'c', edge: 'bottom' })
  expect(sent).toEqual([{ type: 'board.move_card', card_id: 'a', column: 'vision', after: 'c' }])
})

test('only cards that pass the filter are shown', () => {
  cards.set('a', { ...cards.get('a')!, theme_id: 'first' })
  desk.filter = 'first'
  expect(ids('value')).toEqual(['a'])
  desk.filter = 'none'
  expect(ids('value')).toEqual(['b'])
})
