import { expect, test } from 'vitest'

import { card, member } from '../../wire/testing'
import { inColumn, inTheme, isWordsOf, shortened, speakers } from './cards'

const CARDS = [
  card('a', { theme_id: 'first' }),
  card('b', { column: 'vision', theme_id: 'first' }),
  card('c', { author_id: 'tom', proxy_for: 'joe' }),
  card('d', { author_id: 'tom' }),
]

function ids(cards: { id: string }[]): string[] {
  return cards.map(({ id }) => id)
}

test('a column shows its cards, all or those of one theme', () => {
  expect(ids(inColumn(CARDS, 'value'))).toEqual(['a', 'c', 'd'])
  expect(ids(inColumn(CARDS, 'value', 'first'))).toEqual(['a'])
  expect(ids(inColumn(CARDS, 'value', 'none'))).toEqual(['c', 'd'])
})

test('a theme shows its cards from all columns', () => {
  expect(ids(inTheme(CARDS, 'first'))).toEqual(['a', 'b'])
  expect(ids(inTheme(CARDS, null))).toEqual(['c', 'd'])
})

test('people are counted by whose words the cards hold', () => {
  expect(speakers(CARDS)).toBe(3)
})

test('words belong to who wrote them and to who they speak for', () => {
  const [, , forJoe] = CARDS
  expect(isWordsOf(forJoe!, member('joe'))).toBe(true)
  expect(isWordsOf(forJoe!, member('tom'))).toBe(true)
  expect(isWordsOf(forJoe!, member('maya'))).toBe(false)
  expect(isWordsOf(forJoe!, undefined)).toBe(false)
})

test('a long text is cut at a word, a long word is cut', () => {
  expect(shortened('one two three', 9)).toBe('one two…')
  expect(shortened('abcdefghij', 4)).toBe('ab…')
  expect(shortened('short')).toBe('short')
  expect(shortened('two\nlines')).toBe('two lines')
})
