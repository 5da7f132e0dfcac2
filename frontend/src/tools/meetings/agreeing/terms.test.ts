import { expect, test } from 'vitest'

import { glossary, pieces, type Term, termsIn } from './terms'

function term(word: string, meaning = word): Term {
  return { id: word, word, meaning } as Term
}

const TERMS = [term('NEWS2'), term('EPR'), term('IT'), term('ED'), term('bundle'), term('sepsis bundle')]

test('words are found whole, whatever stands beside them', () => {
  const text = 'The EPR alert (NEWS2 > 5) fires in ED; the Bundle follows.'
  expect(termsIn(TERMS, text).map(({ word }) => word)).toEqual(['NEWS2', 'EPR', 'ED', 'bundle'])
})

test('a short word is not found in another case: IT is not "it"', () => {
  expect(termsIn(TERMS, 'Put it off, used again')).toEqual([])
})

test('a text is cut at its terms, the longer one first', () => {
  expect(pieces(TERMS, 'Our sepsis bundle in ED').map(({ text, term }) => [text, term?.word])).toEqual([
    ['Our ', undefined],
    ['sepsis bundle', 'sepsis bundle'],
    [' in ', undefined],
    ['ED', 'ED'],
  ])
})

test('signs in a word are signs', () => {
  expect(termsIn([term('C&A%'), term('a.b')], 'axb and a.b and C&A%').map(({ word }) => word)).toEqual([
    'C&A%',
    'a.b',
  ])
})

test('the glossary goes by the alphabet', () => {
  const room = { all: () => [term('sister'), term('EPR'), { ...term('x'), word: null }] }
  expect(glossary(room as never).map(({ word }) => word)).toEqual(['EPR', 'sister'])
})
