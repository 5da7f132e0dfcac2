import { beforeEach, describe, expect, test } from 'vitest'

import { type Kept, type Outcome, Pending } from './pending'
import { TestTimers } from './testing'
import type { Do } from './types'

let timers: TestTimers
let pending: Pending
let sent: string[]
let outcomes: Record<string, Outcome>

const deliver = ({ id }: Do) => void sent.push(id)

beforeEach(() => {
  timers = new TestTimers()
  pending = new Pending(timers)
  sent = []
  outcomes = {}
})

function keep(id: string, about = id): Kept {
  return { id, command: { type: 'board.remove_card', card_id: id }, about, at: '' }
}

function add(...ids: string[]): void {
  for (const id of ids) pending.add(keep(id), (outcome) => (outcomes[id] = outcome))
}

const ack = (id: string, seq: number) => pending.answer({ type: 'ack', id, seq })
const fail = (id: string, retry_ms: number) =>
  pending.answer({ type: 'failed', id, code: 'storage', retry_ms })
const refuse = (id: string, code = 'locked') =>
  pending.answer({ type: 'refused', id, code, params: { by: 'b' }, text: 'Locked.' })
const open = () => pending.waiting.map(({ id }) => id)

describe('a command', () => {
  test('C1 goes out at once on an open connection', () => {
    pending.connected(deliver)
    add('a')
    expect(sent).toEqual(['a'])
    expect(pending.saving).toBe(1)
  })

  test('waits for a connection, and goes out in the order it was made', () => {
    add('a', 'b')
    expect(sent).toEqual([])
    pending.connected(deliver)
    expect(sent).toEqual(['a', 'b'])
  })

  test('C2 that was acked keeps its prediction until its row has come in', () => {
    pending.connected(deliver)
    add('a')
    ack('a', 12)
    expect(outcomes.a).toEqual({ ok: true, seq: 12 })
    expect(pending.saving).toBe(0)
    pending.reached(11)
    expect(open()).toEqual(['a'])
    pending.reached(12)
    expect(open()).toEqual([])
  })

  test('C3 without an answer goes out again with the same id, in the same order, on the next connection', () => {
    pending.connected(deliver)
    add('a', 'b', 'c')
    ack('b', 2)
    pending.disconnected()
    pending.connected(deliver)
    expect(sent).toEqual(['a', 'b', 'c', 'a', 'c'])
  })

  test('that an answer of another tab names is not ours to judge', () => {
    add('a')
    ack('somebody else', 3)
    refuse('somebody else')
    expect(open()).toEqual(['a'])
    expect(pending.refusals).toEqual([])
  })
})

describe('a failure', () => {
  beforeEach(() => pending.connected(deliver))

  test('C5 sends the same id again after the time that the server names', () => {
    add('a')
    fail('a', 400)
    timers.pass(399)
    expect(sent).toEqual(['a'])
    timers.pass(1)
    expect(sent).toEqual(['a', 'a'])
    expect(pending.saving).toBe(1)
  })

  test('holds back what came after it, for that may build on it', () => {
    add('a')
    fail('a', 400)
    add('b')
    expect(sent).toEqual(['a'])
    timers.pass(400)
    expect(sent).toEqual(['a', 'a'])
    ack('a', 2)
    expect(sent).toEqual(['a', 'a', 'b'])
  })

  test('lets more and more go at once as answers come back', () => {
    add('a', 'b', 'c', 'd', 'e')
    fail('a', 100)
    'bcde'.split('').forEach((id) => fail(id, 100))
    sent = []
    timers.pass(100)
    expect(sent).toEqual(['a'])
    ack('a', 1)
    expect(sent).toEqual(['a', 'b', 'c'])
    ack('b', 2)
    expect(sent).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('is forgotten with the connection it came over', () => {
    add('a')
    fail('a', 60_000)
    pending.connected(deliver)
    expect(sent).toEqual(['a', 'a'])
  })
})

describe('a refusal', () => {
  test('C5 takes the command away and keeps the reason, and what was typed, beside its row', () => {
    add('a')
    refuse('a')
    expect(open()).toEqual([])
    expect(outcomes.a).toEqual({ ok: false, code: 'locked', params: { by: 'b' } })
    expect(pending.refusals).toMatchObject([{ about: 'a', code: 'locked', command: { card_id: 'a' } }])
  })

  test('goes when it is dismissed', () => {
    add('a')
    refuse('a')
    pending.dismiss('a')
    expect(pending.refusals).toEqual([])
  })

  test('goes when the same is tried again, and stays when something else is', () => {
    add('a')
    refuse('a')
    pending.add({ ...keep('r'), command: { type: 'board.restore_card', card_id: 'a' }, about: 'a' }, () => {})
    expect(pending.refusals).toHaveLength(1)
    pending.add(keep('again', 'a'), () => {})
    expect(pending.refusals).toEqual([])
  })
})

test('C9 two hundred commands written offline do not flood the server', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `c${n}`)
  add(...ids)
  pending.connected(deliver)
  expect(sent).toHaveLength(32)
  ids.forEach((id, seq) => ack(id, seq))
  expect(sent).toEqual(ids)
})

test('what an earlier page of this tab left goes out before what is new', () => {
  add('new')
  pending.restore([keep('old')], [])
  pending.connected(deliver)
  expect(sent).toEqual(['old', 'new'])
})
