import { flushSync } from 'svelte'
import { beforeEach, describe, expect, test } from 'vitest'

import { card, delta, hello, member, snapshot, TestServer, TestStorage, TestTimers } from '../wire/testing'
import type { RoomInfo, ServerMessage } from '../wire/types'
import { createRoom, type Room } from './room.svelte'

let timers: TestTimers
let server: TestServer
let room: Room
let asked: string[]
let wake: () => void
let online: boolean
let pageBuild: string | null

beforeEach(() => {
  timers = new TestTimers()
  server = new TestServer()
  asked = []
  online = true
  pageBuild = 'b1'
  room = createRoom('sepsis', {
    open: server.open,
    timers,
    random: () => 1,
    storage: new TestStorage(),
    fetch: async (address) => {
      asked.push(address)
      if (!online) throw new TypeError('Failed to fetch')
      return Response.json({ title: 'Flow roadmap' })
    },
    onWake: (run) => {
      wake = run
      return () => {}
    },
    build: () => pageBuild,
  })
  room.learn({
    'board.remove_card': ({ card: cards }, { card_id }, { now }) => {
      const row = cards?.get(card_id)
      return row && { card: [{ ...row, removed_at: now }] }
    },
  })
})

const AT: ServerMessage = { type: 'at', seq: 10 }
const info = { ...member('sepsis'), method: 'flow_roadmap', method_version: 1 } as unknown as RoomInfo

function goLive(...rows: ReturnType<typeof card>[]): void {
  server.last.say(
    hello(),
    snapshot(10, { room: [info], card: rows, member: [member('maya', { part: 'coach' }), member('tom')] }),
    AT,
  )
}

/** Runs like a template: again whenever something it read has changed. */
function watch<T>(read: () => T): { seen: T[]; stop: () => void } {
  const seen: T[] = []
  const stop = $effect.root(() => {
    $effect(() => void seen.push(read()))
  })
  flushSync()
  return { seen, stop }
}

describe('a view', () => {
  test('runs again for the rows it reads, and rests for others', () => {
    goLive(card('a'))
    const cards = watch(() => room.all('card').length)
    const people = watch(() => room.all('member').length)
    server.last.say(delta(11, { card: [card('b')] }))
    flushSync()
    expect(cards.seen).toEqual([1, 2])
    expect(people.seen).toEqual([2])
    cards.stop()
    people.stop()
  })

  test('derives from lists that stay the same until a row changes', () => {
    goLive(card('a'))
    const before = room.all('card')
    server.last.say(delta(11, { member: [member('nina')] }))
    expect(room.all('card')).toBe(before)
    server.last.say(delta(12, { card: [card('b')] }))
    expect(room.all('card')).not.toBe(before)
  })

  test('reads fresh rows in a handler too, when nothing on screen reads them', () => {
    const cards = $derived(room.all('card').length)
    const inHandler = () => cards
    expect(inHandler()).toBe(0)
    goLive(card('a'))
    expect(inHandler()).toBe(1)
    server.last.say(delta(11, { card: [card('b')] }))
    expect(inHandler()).toBe(2)
  })

  test('V6 sees the link, what is being saved, and who is here', () => {
    const states = watch(() => [room.ready, room.link, room.saving, room.here.size, room.me?.name].join(' '))
    goLive(card('a'))
    server.last.say({ type: 'presence', members: { tom: { view: null, cursor: null, editing: null } } })
    flushSync()
    room.send({ type: 'board.remove_card', card_id: 'a' })
    flushSync()
    server.last.say({ type: 'bye', code: 4403, retry_ms: null })
    flushSync()
    expect(states.seen).toEqual([
      'false connecting 0 0 ',
      'true live 0 1 maya',
      'true live 1 1 maya',
      'true ended 1 1 maya',
    ])
    expect(room.ended).toEqual({ code: 4403 })
    states.stop()
  })
})

describe('lists', () => {
  test('stand in the order of rank, then id, on every screen', () => {
    goLive(card('c', { rank: 'a1' }), card('b', { rank: 'Z' }), card('a', { rank: 'a1' }))
    expect(room.all('card').map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  })

  test('leave out what was removed, but every one still has it', () => {
    goLive(card('a'), card('b', { removed_at: '2026-04-02T12:00:00.000Z' }))
    expect(room.all('card').map(({ id }) => id)).toEqual(['a'])
    expect(room.every('card')).toHaveLength(2)
    expect(room.get('card', 'b')?.id).toBe('b')
    expect(room.all('theme')).toEqual([])
  })
})

describe('a command', () => {
  test('is saved, and over once its rows are here', async () => {
    goLive(card('a'))
    const sent = room.send({ type: 'board.remove_card', card_id: 'a' })
    const states = watch(() => [sent.isOver, room.pending('a')].join(' '))
    expect(room.all('card')).toEqual([])
    server.last.say({ type: 'ack', id: sent.id, seq: 11 })
    flushSync()
    expect(await sent.outcome).toEqual({ ok: true, seq: 11 })
    server.last.say({ type: 'at', seq: 11 })
    flushSync()
    expect(states.seen).toEqual(['false true', 'false false', 'true false'])
    states.stop()
  })

  test('that is refused says so beside its row, until that is dismissed', () => {
    goLive(card('a'))
    const sent = room.send({ type: 'board.remove_card', card_id: 'a' })
    server.last.say({ type: 'refused', id: sent.id, code: 'locked', params: {}, text: 'Locked.' })
    expect(sent.isOver).toBe(true)
    expect(room.all('card')).toHaveLength(1)
    expect(room.refusalAbout('a')?.code).toBe('locked')
    expect(room.refusalAbout('b')).toBeUndefined()
    room.dismiss('a')
    expect(room.refusals).toEqual([])
  })
})

describe('the method', () => {
  test('is fetched once, in the version the room began with', async () => {
    goLive()
    const titles = watch(() => room.method?.title)
    server.last.say(delta(11, { room: [{ ...info, name: 'Sepsis' }] }))
    await expect.poll(() => room.method?.title).toBe('Flow roadmap')
    flushSync()
    expect(asked).toEqual(['/api/methods/flow_roadmap/1'])
    expect(titles.seen).toEqual([undefined, 'Flow roadmap'])
    titles.stop()
  })

  test('is asked for again after the network failed', async () => {
    online = false
    goLive()
    await Promise.resolve()
    await Promise.resolve()
    online = true
    timers.pass(2_000)
    await expect.poll(() => room.method?.title).toBe('Flow roadmap')
    expect(asked).toHaveLength(2)
  })
})

test('what I may do follows my part and the meeting roles I hold', () => {
  goLive()
  expect(room.may('rooms.manage')).toBe(true)
  server.last.say(delta(11, { member: [member('maya', { part: 'observer' })] }))
  expect(room.may('board.contribute')).toBe(false)
  server.last.say(delta(12, { role: [{ ...member('r'), role: 'leader', member_id: 'maya' }] as never }))
  expect(room.may('rooms.bring')).toBe(true)
  server.last.say(delta(13, { member: [member('maya', { part: 'coach', state: 'removed' })] }))
  expect(room.may('rooms.bring')).toBe(false)
})

test('waking the page tries the connection at once', () => {
  server.last.drop()
  wake()
  expect(server.connections).toHaveLength(2)
})

test('drafts are kept for this member', () => {
  goLive()
  room.keepDraft('value', 'I wanted')
  expect(room.draft('value')).toBe('I wanted')
})

test('P8 a page learns that the server gives out another build, and a page without a build never does', () => {
  const { seen, stop } = watch(() => room.isOutdated)
  server.last.say(hello({ build: 'b1' }), AT)
  flushSync()
  server.last.say(hello({ build: 'b2' }), AT)
  flushSync()
  expect(seen.at(0)).toBe(false)
  expect(seen.at(-1)).toBe(true)
  stop()
  pageBuild = null
  expect(room.isOutdated).toBe(false)
})
