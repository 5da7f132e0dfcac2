import { beforeEach, describe, expect, test } from 'vitest'

import { TestTimers } from '../wire/testing'
import type { Presence } from '../wire/types'
import { People } from './presence'

let timers: TestTimers
let people: People
let sent: Presence[]

beforeEach(() => {
  timers = new TestTimers()
  sent = []
  people = new People(timers, (mine) => sent.push(mine))
})

const at = (view: string | null, editing: string | null = null): Presence => ({ view, cursor: null, editing })

describe('who is here', () => {
  const heard = (members: Record<string, Presence | null>) => people.heard({ type: 'presence', members })

  test('H2 is everybody at first, then whoever moves, until they leave', () => {
    heard({ maya: at('board'), tom: at(null) })
    heard({ tom: at('roadmap') })
    heard({ maya: null })
    expect([...people.here]).toEqual([['tom', at('roadmap')]])
  })

  test('H2 stays as it was while the connection is down, and is told anew afterwards', () => {
    heard({ maya: at('board'), tom: at(null) })
    people.connected()
    expect([...people.here.keys()]).toEqual(['maya', 'tom'])
    heard({ tom: at('board') })
    expect([...people.here.keys()]).toEqual(['tom'])
  })
})

describe('where I am', () => {
  test('N1 is said at once, and then at most about three times a second: the latest only', () => {
    people.setPlace('board/a', null)
    people.setPlace('board/b', null)
    people.setPlace('board/c', 'card')
    expect(sent).toEqual([at('board/a')])
    timers.pass(350)
    expect(sent).toEqual([at('board/a'), at('board/c', 'card')])
    timers.pass(5_000)
    expect(sent).toHaveLength(2)
  })

  test('N1 with what I move is said ten times a second, and no more once I have let go', () => {
    people.setPlace('process_map', 'step', [0.1, 0.1])
    people.setPlace('process_map', 'step', [0.2, 0.1])
    timers.pass(100)
    expect(sent.map(({ cursor }) => cursor?.[0])).toEqual([0.1, 0.2])
    people.setPlace('process_map', null)
    timers.pass(100)
    expect(sent.at(-1)).toEqual(at('process_map'))
    timers.pass(5_000)
    expect(sent).toHaveLength(3)
  })

  test('is not said again when it is the same', () => {
    people.setPlace('board', null)
    timers.pass(1_000)
    people.setPlace('board', null)
    timers.pass(1_000)
    expect(sent).toHaveLength(1)
  })

  test('is said again to a server that has just caught me up', () => {
    people.live()
    expect(sent).toEqual([])
    people.setPlace('board', null)
    timers.pass(1_000)
    people.live()
    expect(sent).toEqual([at('board'), at('board')])
  })
})
