import { expect, test } from 'vitest'

import { arrivedAt } from './token'

test.each([
  '/join#token=abc_-1',
  '/join%23token=abc_-1',
  '/join%2523token=abc_-1',
  '/join#token%3Dabc_-1',
  '/join?token=abc_-1',
  '/join?utm_source=mail&token=abc_-1',
  '/join/token=abc_-1',
])('the token of %s is understood and leaves the address', (address) => {
  expect(arrivedAt(address)).toEqual({ path: '/join', brought: { token: 'abc_-1' } })
})

test.each(['/join#code=8QW2M4CX', '/join%23code=8QW2M4CX', '/join%2523CODE%253D8QW2M4CX'])(
  'the code of %s is understood as well',
  (address) => {
    expect(arrivedAt(address)).toEqual({ path: '/join', brought: { code: '8QW2M4CX' } })
  },
)

test('an address that brings nothing is only a path', () => {
  expect(arrivedAt('/home')).toEqual({ path: '/home', brought: null })
  expect(arrivedAt('/?lang=pseudo#how')).toEqual({ path: '/', brought: null })
})

test('what follows the token is not part of it', () => {
  expect(arrivedAt('/join#token=abc&from=mail')).toEqual({ path: '/join', brought: { token: 'abc' } })
})

test('a no on the way back from a provider is brought along', () => {
  expect(arrivedAt('/signin#refused=sign_in_stale')).toEqual({
    path: '/signin',
    brought: { refused: 'sign_in_stale' },
  })
})

test('a poster leads to its place in the room', () => {
  expect(arrivedAt('/join#token=abc&at=ballot/8c1f-2')).toEqual({
    path: '/join',
    brought: { token: 'abc', at: 'ballot/8c1f-2' },
  })
})
