import { expect, test } from 'vitest'

import { roomPath, routeOf } from './routes'

const ID = '0a1b2c3d-0000-4000-8000-00000000abcd'

test('a room is found by its address', () => {
  expect(routeOf(roomPath(ID))).toEqual({ page: 'room', id: ID })
  expect(routeOf(`${roomPath(ID)}/`)).toEqual({ page: 'room', id: ID })
})

test('every page has its address', () => {
  expect(routeOf('/')).toEqual({ page: 'landing' })
  expect(routeOf('/signin')).toEqual({ page: 'signIn' })
  expect(routeOf('/back/')).toEqual({ page: 'back' })
})

test('an address nobody knows gets a kind page', () => {
  expect(routeOf('/rooms/hello')).toEqual({ page: 'notFound' })
  expect(routeOf('/wp-admin')).toEqual({ page: 'notFound' })
})
