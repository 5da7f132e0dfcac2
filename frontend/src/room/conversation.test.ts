import { beforeEach, describe, expect, test } from 'vitest'

import type { Predictions } from '../wire/predict'
import {
  card,
  delta,
  hello,
  member,
  NOW,
  snapshot,
  TestServer,
  TestStorage,
  TestTimers,
} from '../wire/testing'
import type { Card, Command, Do, ServerMessage } from '../wire/types'
import { Conversation } from './conversation'

const predictions: Predictions = {
  'board.add_card': (_, { card_id, text }, { me }) => ({ card: [card(card_id, { text, author_id: me })] }),
  'board.remove_card': ({ card: cards }, { card_id }, { now }) => {
    const row = cards?.get(card_id)
    return row && { card: [{ ...row, removed_at: now }] }
  },
}

let timers: TestTimers
let server: TestServer
let storage: TestStorage
let conversation: Conversation
let topics: string[]

function begin(): void {
  topics = []
  conversation = new Conversation(
    'sepsis',
    { open: server.open, timers, random: () => 1, storage },
    (topic) => topics.push(topic),
  )
  conversation.learn(predictions)
}

beforeEach(() => {
  timers = new TestTimers()
  server = new TestServer()
  storage = new TestStorage()
  begin()
})

const AT: ServerMessage = { type: 'at', seq: 10 }
const ack = (done: Do, seq: number): ServerMessage => ({ type: 'ack', id: done.id, seq })
const texts = () => [...(conversation.view.card?.values() ?? [])].map(({ text }) => text)
const write = (text: string, id = text) =>
  conversation.send({ type: 'board.add_card', card_id: id, board_id: 'lenses', column: 'value', text })

function goLive(...cards: Card[]): void {
  server.last.say(hello(), snapshot(10, { card: cards, member: [member('maya')] }), AT)
  topics = []
}

describe('what I write', () => {
  test('C2 is on my screen at once and stays there through delta and ack', async () => {
    goLive(card('theirs'))
    const { waiting, outcome } = write('mine')
    expect(texts()).toEqual(['theirs', 'mine'])
    expect(waiting.state).toBe('sent')
    server.last.say(delta(11, { card: [card('mine', { rank: 'a1' })] }), ack(server.last.done[0]!, 11))
    expect(await outcome).toEqual({ ok: true, seq: 11 })
    expect(texts()).toEqual(['theirs', 'mine'])
    expect(conversation.pending.waiting).toEqual([])
  })

  test('C2 stays on my screen when the ack comes before its row', () => {
    goLive()
    write('mine')
    server.last.say(ack(server.last.done[0]!, 12))
    expect(texts()).toEqual(['mine'])
    server.last.say({ type: 'at', seq: 11 })
    expect(texts()).toEqual(['mine'])
    server.last.say(delta(12, { card: [card('mine')] }))
    expect(texts()).toEqual(['mine'])
    expect(conversation.pending.waiting).toEqual([])
  })

  test('is stamped with the server’s time', () => {
    goLive()
    timers.pass(1_500)
    expect(write('mine').waiting.at).toBe(new Date(NOW + 1_500).toISOString())
  })

  test('C5 that is refused leaves the screen, and the reason stays beside it', async () => {
    goLive(card('theirs'))
    const { outcome } = conversation.send({ type: 'board.remove_card', card_id: 'theirs' })
    expect(conversation.view.card?.get('theirs')?.removed_at).not.toBeNull()
    const { id } = server.last.done[0]!
    server.last.say({ type: 'refused', id, code: 'locked', params: { by: 'b' }, text: 'Locked.' })
    expect(await outcome).toEqual({ ok: false, code: 'locked', params: { by: 'b' } })
    expect(conversation.view.card?.get('theirs')?.removed_at).toBeNull()
    expect(conversation.pending.refusals).toMatchObject([{ about: 'theirs', code: 'locked' }])
  })

  test('H3 that is far too long is refused here, for the server would hang up', async () => {
    goLive()
    const { outcome } = write('long '.repeat(20_000), 'a')
    expect(await outcome).toMatchObject({ ok: false, code: 'bad_command', params: { reason: 'too_large' } })
    expect(server.last.done).toEqual([])
    expect(conversation.pending.refusals[0]!.command).toMatchObject({ card_id: 'a' })
  })

  test('is about the row it changes, or else the first it names', () => {
    goLive(card('a'))
    const about = (command: Command) => conversation.send(command).waiting.about
    expect(about({ type: 'board.remove_card', card_id: 'a' })).toBe('a')
    expect(about({ type: 'board.remove_card', card_id: 'unknown' })).toBe('unknown')
    expect(about({ type: 'rooms.assign_role', role: 'leader', member_id: null })).toBeNull()
    expect(about({ type: 'rooms.leave' })).toBeNull()
  })
})

describe('a cut', () => {
  test('C3 loses nothing that was written before or during it', () => {
    goLive()
    write('before')
    const [before] = server.last.done
    server.last.drop()
    write('during')
    timers.pass(250)
    server.last.say(hello())
    expect(server.last.resume).toEqual({ epoch: 'e1', seq: 10 })
    expect(server.last.done.map(({ id }) => id)[0]).toBe(before!.id)
    expect(server.last.done).toHaveLength(2)
    expect(texts()).toEqual(['before', 'during'])
  })

  test('C3 between a commit and its ack leaves one card, not two', () => {
    goLive()
    write('mine')
    server.last.drop()
    timers.pass(250)
    server.last.say(hello({ seq: 11 }), delta(11, { card: [card('mine', { rev: 0 })] }), AT)
    expect(texts()).toEqual(['mine'])
    server.last.say(ack(server.last.done[0]!, 11))
    expect(texts()).toEqual(['mine'])
    expect(conversation.pending.saving).toBe(0)
  })

  test('R1 in the middle of a snapshot starts it again', () => {
    server.last.say(hello(), snapshot(10, { card: [card('half')] }, { part: 1, of: 2 }))
    server.last.drop()
    timers.pass(250)
    expect(server.last.resume).toBeNull()
    server.last.say(hello(), snapshot(12, { card: [card('whole')] }), AT)
    expect(texts()).toEqual(['whole'])
    expect(conversation.ready).toBe(true)
  })

  test('is followed by where I am, once I am up to date', () => {
    goLive()
    conversation.people.setPlace('board/value', null)
    timers.pass(1_000)
    server.last.drop()
    timers.pass(250)
    server.last.say(hello())
    expect(server.last.sent).toEqual([])
    server.last.say(AT)
    expect(server.last.sent).toMatchObject([{ type: 'presence', view: 'board/value' }, { type: 'ping' }])
  })
})

describe('a reload', () => {
  test('C3 finds what was not saved, and sends it under the same id', () => {
    goLive()
    write('mine')
    const [first] = server.last.done
    begin()
    expect(server.last.done).toEqual([])
    goLive()
    expect(server.last.done).toEqual([first])
    expect(texts()).toEqual(['mine'])
  })

  test('finds the refused text that nobody has looked at yet', () => {
    goLive()
    write('mine')
    server.last.say({ type: 'refused', id: server.last.done[0]!.id, code: 'removed', params: {}, text: '' })
    begin()
    goLive()
    expect(conversation.pending.refusals[0]?.command).toMatchObject({ text: 'mine' })
    conversation.dismiss('mine')
    begin()
    goLive()
    expect(conversation.pending.refusals).toEqual([])
  })

  test('keeps nothing of what was saved', () => {
    goLive()
    write('mine')
    server.last.say(ack(server.last.done[0]!, 12))
    expect(storage.length).toBe(0)
  })
})

test('a browser that has become another member sends nothing in their name, and starts anew', () => {
  goLive(card('seen by maya'))
  write('by maya')
  server.last.drop()
  timers.pass(250)
  server.last.say(hello({ member_id: 'tom' }), delta(11, { card: [card('b')] }), AT)
  expect(server.last.resume).toBeNull()
  expect(server.connections).toHaveLength(3)
  expect(conversation.link.state).not.toBe('live')
  server.last.say(hello({ member_id: 'tom' }), snapshot(11, { card: [card('seen by tom')] }), AT)
  expect(texts()).toEqual(['seen by tom'])
  expect(server.last.done).toEqual([])

  begin()
  goLive()
  expect(server.last.done.map(({ command }) => command)).toMatchObject([{ text: 'by maya' }])
})

test('only what changed is told', () => {
  goLive(card('a'))
  server.last.say(delta(11, { member: [member('tom')] }))
  expect(topics).toEqual(['member'])
  topics = []
  server.last.say({ type: 'presence', members: {} }, { type: 'pong', t: 0, now: NOW })
  expect(topics).toEqual(['here'])
  topics = []
  write('mine')
  expect(topics).toEqual(['card', 'pending'])
})

test('H3 messages that a newer server may say are passed over', () => {
  goLive(card('a'))
  server.last.say({ type: 'fanfare', loud: true } as never, delta(11, { card: [card('b')] }))
  expect(texts()).toEqual(['a', 'b'])
})

test('the clock is asked every few seconds, and a left room asks nothing', () => {
  goLive()
  const pings = () => server.last.sent.filter(({ type }) => type === 'ping').length
  expect(pings()).toBe(1)
  timers.pass(10_000)
  expect(pings()).toBe(3)
  conversation.stop()
  timers.pass(60_000)
  expect(pings()).toBe(3)
  expect(server.connections).toHaveLength(1)
  expect(timers.nextIn).toBeUndefined()
})

test('a prediction that breaks is reported and stops nothing', () => {
  const reported: unknown[] = []
  globalThis.reportError = (error) => reported.push(error)
  predictions['rooms.leave'] = () => {
    throw new Error('unforeseen')
  }
  goLive(card('a'))
  conversation.send({ type: 'rooms.leave' })
  expect(texts()).toEqual(['a'])
  expect(server.last.done).toHaveLength(1)
  expect(reported).not.toEqual([])
})
