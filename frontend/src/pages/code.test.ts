import { expect, test } from 'vitest'

import { grouped, isWhole, lettersOf, linkIn } from './code'

test.each(['8QW2M4CX', '8qw2 m4cx', ' 8QW2-M4CX ', '8qw2%20m4cx', '8 q w 2 m 4 c x'])(
  'a code may be written as %s',
  (typed) => {
    expect(lettersOf(typed)).toBe('8QW2M4CX')
    expect(grouped(typed)).toBe('8QW2 M4CX')
    expect(isWhole(typed)).toBe(true)
  },
)

test('a code is grouped while it is typed, and a gap can be deleted', () => {
  expect(grouped('8qw2')).toBe('8QW2')
  expect(grouped('8qw2m')).toBe('8QW2 M')
  expect(grouped('8QW2 ')).toBe('8QW2')
  expect(isWhole('8QW2 M')).toBe(false)
})

test('too many letters are kept, so that whoever typed them sees them', () => {
  expect(grouped('8QW2M4CXX')).toBe('8QW2 M4CXX')
  expect(isWhole('8QW2M4CXX')).toBe(false)
})

test('a whole link, or the message around it, leads where it leads', () => {
  expect(linkIn('https://bigroom.example/join#token=abc_-1')).toEqual({
    path: '/join',
    brought: { token: 'abc_-1' },
  })
  expect(linkIn('Hello Dina,\nhttps://bigroom.example/back#token=xyz\nAnne')).toEqual({
    path: '/back',
    brought: { token: 'xyz' },
  })
  expect(linkIn('bigroom.example/join%23code=8QW2M4CX')).toEqual({
    path: '/join',
    brought: { code: '8QW2M4CX' },
  })
  expect(linkIn('8QW2 M4CX')).toBeNull()
})
