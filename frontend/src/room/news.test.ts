import { expect, test, vi } from 'vitest'

import { TestTimers, card } from '../wire/testing'
import { speak } from '../wire/words'
import { Lookout, News } from './news'
import type { Room } from './room.svelte'

speak({
  'rooms.and': '{some} and {last}',
  'rooms.news_cards.one': '{count} new card in {list}',
  'rooms.news_cards.other': '{count} new cards in {list}',
  'rooms.news_since': 'Since you last listened: {news}.',
  'rooms.news_none': 'Nothing new.',
})

const IN_VALUE = { code: 'rooms.news_cards', list: 'Value' }
const IN_VISION = { code: 'rooms.news_cards', list: 'Vision' }

function listening(wants = true) {
  const timers = new TestTimers()
  const said: string[] = []
  const news = new News(timers, (words) => wants && said.push(words) > 0)
  return { timers, said, news }
}

test('sixty cards in three minutes are said in at most nine sentences', () => {
  const { timers, said, news } = listening()
  for (let at = 0; at < 180; at += 3) {
    news.happened([IN_VALUE])
    timers.pass(3_000)
  }
  expect(said.length).toBeLessThanOrEqual(9)
  const counted = said.reduce((sum, words) => sum + parseInt(words), 0)
  timers.pass(20_000)
  expect(counted + parseInt(said.at(-1)!)).toBeGreaterThanOrEqual(60)
})

test('several happenings are one sentence', () => {
  const { timers, said, news } = listening()
  news.happened([IN_VALUE, IN_VISION, IN_VALUE])
  timers.pass(60_000)
  expect(said).toEqual(['2 new cards in Value and 1 new card in Vision'])
})

test('who does not want the news by themselves gets all of it when they ask', () => {
  const { timers, said, news } = listening(false)
  news.happened([IN_VALUE])
  timers.pass(60_000)
  news.happened([IN_VALUE])
  timers.pass(60_000)
  expect(said).toEqual([])
  expect(news.told()).toBe('Since you last listened: 2 new cards in Value.')
  expect(news.told()).toBe('Nothing new.')
})

test('what was asked for is not said again by itself', () => {
  const { timers, said, news } = listening()
  news.happened([IN_VALUE])
  expect(news.told()).toContain('1 new card')
  timers.pass(60_000)
  expect(said).toEqual([])
})

function room(by: string | null | undefined) {
  const rows = { card: [card('a')], theme: [], idea: [], aim: [], step: [], action: [], decision: [] }
  const board = { columns: [{ key: 'value', title: 'Value', question: '' }] }
  const seen = {
    me: { id: 'maya' },
    all: (kind: keyof typeof rows) => rows[kind],
    get: () => board,
    changedBy: vi.fn(() => by),
  }
  return { rows, seen: seen as unknown as Room }
}

test('what others write is news; what was there, what I do and what a snapshot brings is none', () => {
  for (const [by, news] of [
    ['tom', [{ code: 'rooms.news_cards', list: 'Value' }]],
    [null, [{ code: 'rooms.news_cards', list: 'Value' }]],
    ['maya', []],
    [undefined, []],
  ] as const) {
    const { rows, seen } = room(by)
    const lookout = new Lookout(seen)
    expect(lookout.look()).toEqual([])
    rows.card = [...rows.card, card('b', { author_id: 'tom' })]
    expect(lookout.look()).toEqual(news)
    expect(lookout.look()).toEqual([])
  }
})

test('a card that moved is news of where it went', () => {
  const { rows, seen } = room('tom')
  const lookout = new Lookout(seen)
  rows.card = [card('a', { column: 'vision' })]
  lookout.look()
  rows.card = [card('a')]
  expect(lookout.look()).toEqual([{ code: 'rooms.news_moved', list: 'Value' }])
})
