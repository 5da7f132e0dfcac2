import { describe, expect, test } from 'vitest'

import { pseudo, speak, t, whyRefused } from './words'

speak({
  'board.hint': 'One thought a card, then Enter.',
  'board.moved': 'Moved to {column}, position {position} of {count}.',
  'people.here.one': '{count} person here',
  'people.here.other': '{count} people here',
  'refused.locked': 'A vote about this is open.',
  'refused.bad_command': 'Something was missing.',
  'refused.bad_command.too_long': 'At most {limit} letters.',
  'refused.not_possible': 'That did not work.',
})

test('a sentence comes by its code, with its blanks filled in', () => {
  expect(t('board.hint')).toBe('One thought a card, then Enter.')
  expect(t('board.moved', { column: 'Vision', position: 2, count: 3 })).toBe(
    'Moved to Vision, position 2 of 3.',
  )
})

test('one is said differently from many, and nobody is many', () => {
  expect(t('people.here', { count: 1 })).toBe('1 person here')
  expect(t('people.here', { count: 17 })).toBe('17 people here')
  expect(t('people.here', { count: 0 })).toBe('0 people here')
})

test('what somebody typed is never read as a blank', () => {
  expect(t('board.moved', { column: '{count}', position: 1, count: 3 })).toBe(
    'Moved to {count}, position 1 of 3.',
  )
})

describe('a refusal', () => {
  test('is told in the words of its code, or of its reason where it has some', () => {
    expect(whyRefused({ code: 'locked', params: { by: 'b' } })).toBe('A vote about this is open.')
    expect(whyRefused({ code: 'bad_command', params: { reason: 'too_long', limit: 280 } })).toBe(
      'At most 280 letters.',
    )
    expect(whyRefused({ code: 'bad_command', params: { reason: 'unheard_of' } })).toBe(
      'Something was missing.',
    )
  })

  test('newer than this page is told in the words of the server', () => {
    expect(whyRefused({ code: 'votes_spent', params: {}, text: 'All four are placed.' })).toBe(
      'All four are placed.',
    )
  })
})

test('the pseudo language is at least 40 % longer and keeps the blanks', () => {
  const words = 'Moved to {column}, position {position} of {count}.'
  expect(pseudo(words).length).toBeGreaterThanOrEqual(words.length * 1.4)
  expect(pseudo(words)).toContain('{column}')
  expect(pseudo('OK')).toBe('[OK]')
})
