import { expect, test } from 'vitest'

import { arrivedAt } from './token'

test.each(['/join#token=abc_-1', '/join%23token=abc_-1', '/join%2523token=abc_-1', '/join#token%3Dabc_-1'])(
  'the token of %s is understood and leaves the address',
  (address) => {
    expect(arrivedAt(address)).toEqual({ path: '/join', token: 'abc_-1' })
  },
)

test('an address without a token is only a path', () => {
  expect(arrivedAt('/home')).toEqual({ path: '/home', token: null })
  expect(arrivedAt('/?lang=pseudo#how')).toEqual({ path: '/', token: null })
})

test('what follows the token is not part of it', () => {
  expect(arrivedAt('/join#token=abc&from=mail')).toEqual({ path: '/join', token: 'abc' })
})
