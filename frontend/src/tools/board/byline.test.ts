import { expect, test } from 'vitest'

import type { Method } from '../../room/method'
import { card, member } from '../../wire/testing'
import { speak } from '../../wire/words'
import { byline } from './byline'

speak({
  'board.by_phone': 'by phone, written by {name}',
  'board.written_by': 'written by {name}',
  'board.somebody': 'Somebody',
})

const METHOD = {
  voices: [
    { key: 'carer', title: 'Carer or family', group: 'patients' },
    { key: 'nurse', title: 'Nurse', group: 'clinical' },
  ],
} as unknown as Method

const PEOPLE = new Map(
  [
    member('tom', { name: 'Tom', voice: 'nurse' }),
    member('joe', { name: 'Joe', voice: 'carer', without_device: true }),
    member('maya', { name: 'Maya' }),
  ].map((person) => [person.id, person]),
)
const people = (id: string) => PEOPLE.get(id)

test('a card says who wrote it and where they speak from', () => {
  expect(byline(card('a', { author_id: 'tom', voice: 'nurse' }), people, METHOD)).toEqual({
    name: 'Tom',
    voice: 'nurse',
    isFromPatients: false,
    aside: undefined,
  })
})

test('what is written for somebody bears their name, and says who wrote it', () => {
  const forJoe = card('a', { author_id: 'tom', proxy_for: 'joe', voice: 'carer' })
  expect(byline(forJoe, people, METHOD)).toEqual({
    name: 'Joe',
    voice: 'carer or family',
    isFromPatients: true,
    aside: 'by phone, written by Tom',
  })
  expect(byline({ ...forJoe, proxy_for: 'maya' }, people, METHOD).aside).toBe('written by Tom')
})

test('a voice that the method does not know, and a person who is gone, leave no hole', () => {
  expect(byline(card('a', { author_id: 'gone', voice: 'astronaut' }), people, METHOD)).toEqual({
    name: 'Somebody',
    voice: undefined,
    isFromPatients: false,
    aside: undefined,
  })
})
