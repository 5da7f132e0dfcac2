import { expect, test } from 'vitest'

import type { Member } from '../wire/types'
import { isLikely, likelyFor } from './lobby'

function member(name: string, more: Partial<Member> = {}): Member {
  return {
    id: name,
    name,
    voice: null,
    microsystem: null,
    part: 'member',
    state: 'active',
    ...more,
  } as Member
}

const newcomer = member('dína', { id: 'new', state: 'waiting', voice: 'patient' })

test('whoever has the same name comes first, however it is written', () => {
  const team = [member('Anne'), member('Tom'), member('Dina')]
  expect(likelyFor(newcomer, team).map(({ name }) => name)).toEqual(['Dina', 'Anne', 'Tom'])
})

test('of two with one name the one who speaks from the same place comes first', () => {
  const team = [
    member('Dina', { id: 'nurse', voice: 'nurse' }),
    member('Dina', { id: 'patient', voice: 'patient' }),
  ]
  expect(likelyFor(newcomer, team).map(({ id }) => id)).toEqual(['patient', 'nurse'])
})

test('a first name alone may be enough, and a stranger is not likely', () => {
  expect(isLikely(newcomer, member('Dina Okafor'))).toBe(true)
  expect(isLikely(newcomer, member('Rosa', { voice: 'patient' }))).toBe(false)
})

test('nobody is a wall, somebody who has gone, or somebody who waits', () => {
  const others = [member('Dina', { part: 'wall' }), member('Dina', { state: 'removed' }), newcomer]
  expect(likelyFor(newcomer, others)).toEqual([])
})
