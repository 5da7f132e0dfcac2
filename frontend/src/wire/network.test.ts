import { beforeEach, describe, expect, test } from 'vitest'

import { Http } from './http'
import { Link, type LinkOwner } from './link'
import { openWays } from './network'
import { Others } from './others'
import type { ResumePoint } from './replica'
import { Tabs } from './tabs'
import { delta, hello, TestServer, TestStorage, TestTimers } from './testing'
import { settled, TestChannels, TestWeb } from './testing.http'
import type { ServerMessage } from './types'

const at = (seq: number): ServerMessage => ({ type: 'at', seq })
const here = (...members: string[]): ServerMessage => ({
  type: 'presence',
  members: Object.fromEntries(members.map((id) => [id, { view: null, cursor: null, editing: null }])),
})
const DO = { type: 'do', id: 'c1', command: { type: 'board.remove_card', card_id: 'k1' } } as const

let timers: TestTimers
let channels: TestChannels
let storage: TestStorage

/** One tab that keeps a link to a room over whatever way there is. */
class Tab implements LinkOwner {
  sockets = new TestServer()
  web = new TestWeb()
  heardAll: ServerMessage[] = []
  begun = 0
  resume: ResumePoint | null = null
  link: Link
  online: () => void = () => {}
  others: Others
  fetched = 0
  isReachable = true

  constructor(room = 'sepsis', random = () => 1) {
    const ways = { timers, storage, socket: this.sockets.open }
    this.others = new Others(
      room,
      ways,
      new Http(room, this.web.fetch),
      new Tabs(channels.open(), timers),
      (back) => ((this.online = back), () => (this.online = () => {})),
    )
    const open = openWays(ways, async () => {
      if (!this.isReachable) throw new Error('no such file')
      this.fetched += 1
      return this.others
    })
    this.link = new Link(open, this, timers, random)
    this.link.connect()
  }

  begin() {
    this.begun += 1
  }
  heard(frame: ServerMessage[]) {
    this.heardAll.push(...frame)
    for (const message of frame)
      if ('seq' in message && message.type !== 'ack' && message.type !== 'hello')
        this.resume = { epoch: 'e1', seq: message.seq }
  }
  stateChanged() {}

  /** The proxy between refuses the upgrade, and lets everything else through. */
  async losesSocket() {
    this.sockets.last.drop()
    await settled()
    await this.web.last('healthz').json({ alive: true })
    await this.electing()
  }

  async electing() {
    await settled()
    timers.pass(150)
    await settled()
  }

  async onStream() {
    await this.losesSocket()
    await this.web.streams.at(-1)!.say(hello(), at(1))
  }

  async onPoll() {
    await this.losesSocket()
    timers.pass(1_500)
    await this.web.polls.at(-1)!.json([hello(), at(1), here('maya', 'tom')])
  }

  get types() {
    return this.heardAll.map(({ type }) => type)
  }
}

let tab: Tab

beforeEach(() => {
  timers = new TestTimers()
  channels = new TestChannels()
  storage = new TestStorage()
  tab = new Tab()
})

async function pass(ms: number) {
  timers.pass(ms)
  await settled()
}

describe('choosing', () => {
  test('a socket that says hello is kept, and nothing else is asked', async () => {
    tab.sockets.last.say(hello(), at(1))
    await pass(30_000)
    expect(tab.link.state).toBe('live')
    expect(tab.web.calls).toEqual([])
    expect(tab.fetched).toBe(0)
  })

  test('no hello within 1.5 s: a stream is opened beside', async () => {
    await pass(1_499)
    expect(tab.fetched).toBe(0)
    await pass(1)
    await tab.electing()
    expect(tab.web.streams).toHaveLength(1)
    expect(tab.sockets.last.closed).toBe(false)
  })

  test('whoever says hello first is kept and the other closed: the socket', async () => {
    await pass(1_500)
    await tab.electing()
    tab.sockets.last.say(hello(), at(1))
    await settled()
    expect(tab.web.streams[0]!.isAborted).toBe(true)
    await pass(10_000)
    expect(tab.web.polls).toEqual([])
    expect(tab.link.state).toBe('live')
  })

  test('whoever says hello first is kept and the other closed: the stream', async () => {
    await pass(1_500)
    await tab.electing()
    await tab.web.streams[0]!.say(hello(), at(1))
    expect(tab.sockets.last.closed).toBe(true)
    expect(tab.link.state).toBe('live')
  })

  test('a refused upgrade where the server answers opens the stream at once', async () => {
    await tab.onStream()
    expect(timers.now()).toBeLessThan(200)
    expect(tab.link.state).toBe('live')
  })

  test('a refused upgrade where nothing answers is a lost connection', async () => {
    tab.sockets.last.drop()
    await settled()
    await tab.web.last('healthz').break()
    expect(tab.link.state).toBe('offline')
    await pass(250)
    expect(tab.sockets.connections).toHaveLength(2)
  })

  test('a network that lets not even the file through is a lost connection', async () => {
    tab.isReachable = false
    tab.sockets.last.drop()
    await settled()
    expect(tab.link.state).toBe('offline')
  })

  test('a stream of which not a byte came is joined by a poll, long before five seconds are over', async () => {
    await tab.losesSocket()
    await pass(1_500)
    expect(tab.web.polls).toHaveLength(1)
    expect(tab.web.streams[0]!.isAborted).toBe(false)
    await tab.web.polls[0]!.json([hello(), at(1)])
    expect(tab.link.state).toBe('live')
    expect(tab.web.streams[0]!.isAborted).toBe(true)
  })

  test('a stream whose first comment came has five seconds for its hello, then becomes a poll', async () => {
    await tab.losesSocket()
    await tab.web.streams[0]!.bytes(': still here\n\n')
    await pass(4_999)
    expect(tab.web.polls).toEqual([])
    await pass(1)
    expect(tab.web.polls).toHaveLength(1)
    expect(tab.web.streams[0]!.isAborted).toBe(true)
  })

  test('each way has its own five seconds', async () => {
    await tab.losesSocket()
    await pass(1_500)
    await pass(4_900)
    expect(tab.sockets.connections).toHaveLength(1)
    await pass(200)
    expect(tab.web.polls[0]!.isAborted).toBe(true)
    expect(tab.link.state).toBe('offline')
  })

  test('a page of a proxy is no stream', async () => {
    await tab.losesSocket()
    await tab.web.streams[0]!.html(403)
    expect(tab.link.ended).toBeNull()
    expect(tab.web.polls).toHaveLength(1)
    await tab.web.polls[0]!.html(200)
    expect(tab.link.state).toBe('offline')
  })

  test.each([
    [401, 'no_session', 4401],
    [403, 'taken_out', 4403],
    [404, 'not_found', 4404],
  ])('T2 %i %s ends it for good', async (status, problem, code) => {
    await tab.losesSocket()
    await tab.web.streams[0]!.refuse(status, problem)
    expect(tab.link.ended).toEqual({ code })
  })

  test('T2 503 comes back when the server says', async () => {
    await tab.losesSocket()
    await tab.web.streams[0]!.refuse(503, 'restarting', { retry_ms: 800 })
    expect(tab.link.state).toBe('offline')
    await pass(799)
    expect(tab.web.streams).toHaveLength(1)
  })
})

describe('remembering', () => {
  test('after a loss, and after a reload, this tab begins with the way that came through', async () => {
    await tab.onStream()
    await tab.web.streams[0]!.end()
    await pass(250)
    await tab.electing()
    expect(tab.sockets.connections).toHaveLength(1)
    expect(tab.web.streams).toHaveLength(2)
    tab.link.stop()
    const reloaded = new Tab()
    await reloaded.electing()
    expect(reloaded.sockets.connections).toEqual([])
    expect(reloaded.web.streams).toHaveLength(1)
  })

  test('the socket is tried again every five minutes, beside what works', async () => {
    await tab.onStream()
    tab.resume = { epoch: 'e1', seq: 7 }
    for (let minute = 0; minute < 5; minute += 1)
      for (let of = 0; of < 6; of += 1) {
        await pass(10_000)
        await tab.web.streams[0]!.say(at(7))
      }
    expect(tab.sockets.connections).toHaveLength(2)
    expect(tab.sockets.last.resume).toEqual({ epoch: 'e1', seq: 7 })
    tab.sockets.last.drop()
    expect(tab.link.state).toBe('live')
    expect(tab.web.streams[0]!.isAborted).toBe(false)
  })

  test('and as soon as the browser is online again; its hello takes over', async () => {
    await tab.onStream()
    tab.online()
    expect(tab.sockets.connections).toHaveLength(2)
    const begun = tab.begun
    tab.sockets.last.say(hello(), delta(2, {}), at(2))
    await settled()
    expect(tab.begun).toBe(begun + 1)
    expect(tab.web.streams[0]!.isAborted).toBe(true)
    expect(tab.link.state).toBe('live')
    expect(tab.link.send(DO)).toBe(true)
    expect(tab.sockets.last.sent).toContainEqual(DO)
    expect(storage.length).toBe(0)
  })

  test('a socket that is sent away harms nobody', async () => {
    await tab.onStream()
    tab.online()
    tab.sockets.last.say({ type: 'bye', code: 4429, retry_ms: null })
    expect(tab.link.state).toBe('live')
    expect(tab.sockets.last.closed).toBe(true)
  })
})

describe('a stream', () => {
  test('T4 says again where I am at each "at"', async () => {
    await tab.onStream()
    tab.link.send({ type: 'presence', view: 'board', cursor: null, editing: null })
    await tab.web.last('presence').json(null)
    await tab.web.streams[0]!.say(at(1))
    expect(tab.web.all('presence')).toHaveLength(2)
    expect(tab.web.last('presence').body).toMatchObject({ view: 'board' })
  })

  test('frames come whole, wherever the network cuts them', async () => {
    await tab.losesSocket()
    const text = `: hello\n\nid: e1.1\ndata: ${JSON.stringify([hello(), delta(1, {}), at(1)])}\n\n`
    for (const piece of text.match(/.{1,7}/gs)!) await tab.web.streams[0]!.bytes(piece)
    expect(tab.types).toEqual(['hello', 'delta', 'at'])
  })

  test('when the page wakes, a fresh stream proves that it works, and only then the old one ends', async () => {
    await tab.onStream()
    tab.link.wake()
    expect(tab.web.streams).toHaveLength(2)
    expect(tab.web.streams[0]!.isAborted).toBe(false)
    await tab.web.streams[1]!.say(hello(), at(1))
    expect(tab.web.streams[0]!.isAborted).toBe(true)
    await pass(6_000)
    expect(tab.link.state).toBe('live')
  })

  test('T7 that does not bring what was acked is held back somewhere: a poll goes on', async () => {
    await tab.onStream()
    tab.link.send(DO)
    await tab.web.last('commands').json({ type: 'ack', id: 'c1', seq: 9 })
    await pass(3_000)
    await pass(250)
    await tab.electing()
    expect(tab.web.polls).toHaveLength(1)
  })

  test('T7 that brings it stays', async () => {
    await tab.onStream()
    tab.link.send(DO)
    await tab.web.last('commands').json({ type: 'ack', id: 'c1', seq: 9 })
    await tab.web.streams[0]!.say(delta(9, {}))
    await pass(10_000)
    expect(tab.web.streams).toHaveLength(1)
    expect(tab.link.state).toBe('live')
  })

  test('in which nothing moves while the server answers becomes a poll; where nothing answers it is lost', async () => {
    await tab.onStream()
    await pass(22_000)
    await tab.web.last('healthz').json({ alive: true })
    expect(tab.link.state).toBe('connecting')
    await pass(250)
    await tab.electing()
    expect(tab.web.polls).toHaveLength(1)
  })
})

describe('what is said', () => {
  test('C8 goes one after the other, and each answer is the message of a socket', async () => {
    await tab.onStream()
    tab.link.send(DO)
    tab.link.send({ ...DO, id: 'c2' })
    expect(tab.web.all('commands')).toHaveLength(1)
    await tab.web.last('commands').refuse(409, 'removed', { kind: 'card' })
    expect(tab.heardAll.at(-1)).toEqual({
      type: 'refused',
      id: 'c1',
      code: 'removed',
      params: { kind: 'card' },
      text: 'removed',
    })
    await tab.web.last('commands').json({ type: 'ack', id: 'c2', seq: 2 })
    expect(tab.heardAll.at(-1)).toEqual({ type: 'ack', id: 'c2', seq: 2 })
  })

  test.each([
    [429, 'too_many', { retry_ms: 700 }, 700],
    [503, 'storage', {}, 1_000],
  ])(
    'C8 %i %s is to be sent again, with all that waits behind it',
    async (status, code, params, retry_ms) => {
      await tab.onStream()
      tab.link.send(DO)
      tab.link.send({ ...DO, id: 'c2' })
      await tab.web.last('commands').refuse(status, code, params)
      expect(tab.heardAll.slice(-2)).toEqual([
        { type: 'failed', id: 'c1', code, retry_ms },
        { type: 'failed', id: 'c2', code, retry_ms },
      ])
    },
  )

  test.each(['break', 'html'] as const)(
    'whose answer got lost (%s) is to be sent again, later each time',
    async (how) => {
      await tab.onStream()
      const waits = []
      for (let tries = 0; tries < 6; tries += 1) {
        tab.link.send(DO)
        await tab.web.last('commands')[how](502)
        waits.push((tab.heardAll.at(-1) as { retry_ms: number }).retry_ms)
      }
      expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000])
    },
  )

  test('to which nothing is answered for ten seconds is to be sent again', async () => {
    await tab.onStream()
    tab.link.send(DO)
    await pass(10_000)
    expect(tab.heardAll.at(-1)).toMatchObject({ type: 'failed', id: 'c1' })
  })

  test('and said again before its answer came is said once', async () => {
    await tab.onStream()
    tab.link.send(DO)
    tab.link.send(DO)
    await tab.web.last('commands').json({ type: 'ack', id: 'c1', seq: 1 })
    expect(tab.web.all('commands')).toHaveLength(1)
  })

  test('of where I am only the latest goes out', async () => {
    await tab.onStream()
    for (const view of ['a', 'b', 'c']) tab.link.send({ type: 'presence', view, cursor: null, editing: null })
    await tab.web.last('presence').json(null)
    await tab.web.last('presence').json(null)
    expect(tab.web.all('presence').map(({ body }) => (body as { view: string }).view)).toEqual(['a', 'c'])
  })

  test('a ping asks the clock, and not every time', async () => {
    await tab.onStream()
    tab.link.send({ type: 'ping', t: 5 })
    tab.link.send({ type: 'ping', t: 6 })
    await tab.web.last('clock').json({ now: 77 })
    expect(tab.heardAll.at(-1)).toEqual({ type: 'pong', t: 5, now: 77 })
    expect(tab.web.all('clock')).toHaveLength(1)
  })
})

describe('asking again and again', () => {
  test('T5 greets once, tells who has left, and asks from where it is', async () => {
    await tab.onPoll()
    expect(tab.web.polls.map(({ path }) => path.match(/wait=\d+/)![0])).toEqual(['wait=0', 'wait=25'])
    expect(tab.types).toEqual(['hello', 'at', 'presence'])
    tab.heardAll = []
    await tab.web.polls[1]!.json([hello(), delta(2, {}), at(2), here('maya')])
    expect(tab.types).toEqual(['delta', 'at', 'presence'])
    expect(tab.heardAll[2]).toMatchObject({ members: { maya: { view: null }, tom: null } })
    expect(tab.web.polls[2]!.path).toContain('since=2&epoch=e1&wait=25')
    expect(tab.begun).toBe(1)
  })

  test('T5 greets again who has become somebody else', async () => {
    await tab.onPoll()
    await tab.web.polls[1]!.json([hello({ member_id: 'zoe' }), at(2)])
    expect(tab.heardAll.slice(-2)[0]).toMatchObject({ type: 'hello', member_id: 'zoe' })
  })

  test('a call that fails is a lost connection', async () => {
    await tab.onPoll()
    await tab.web.polls[1]!.break()
    expect(tab.link.state).toBe('connecting')
  })

  test('when the page wakes it asks anew, and the answer does not wait', async () => {
    await tab.onPoll()
    tab.link.wake()
    await settled()
    expect(tab.web.polls[1]!.isAborted).toBe(true)
    expect(tab.web.polls[2]!.path).toContain('wait=0')
    await tab.web.polls[2]!.json([hello(), at(1)])
    await pass(6_000)
    expect(tab.link.state).toBe('live')
    expect(tab.web.polls[3]!.path).toContain('wait=25')
  })
})

describe('tabs of one browser', () => {
  /** A second tab in the same room, while the first reads it. */
  async function another(room = 'sepsis') {
    const second = new Tab(room)
    await second.electing()
    return second
  }

  test('one reads; another asks when it is told that there is news', async () => {
    await tab.onStream()
    const second = await another()
    expect(second.web.streams).toEqual([])
    expect(second.web.polls[0]!.path).toContain('wait=0')
    await second.web.polls[0]!.json([hello(), at(1)])
    expect(second.link.state).toBe('live')
    expect(second.web.polls).toHaveLength(1)
    await tab.web.streams[0]!.say(delta(2, {}))
    await settled()
    expect(second.web.polls).toHaveLength(2)
    await second.web.polls[1]!.json([hello(), delta(2, {}), at(2)])
    await pass(1_000)
    expect(second.web.polls).toHaveLength(2)
  })

  test('news that came while it asked is asked for as well', async () => {
    await tab.onStream()
    const second = await another()
    await tab.web.streams[0]!.say(delta(2, {}))
    await second.web.polls[0]!.json([hello(), at(1)])
    expect(second.web.polls).toHaveLength(2)
  })

  test('one that listens asks by itself when it is told nothing, and after its own command', async () => {
    await tab.onStream()
    const second = await another()
    await second.web.polls[0]!.json([hello(), at(1)])
    second.link.send(DO)
    await second.web.last('commands').json({ type: 'ack', id: 'c1', seq: 2 })
    expect(second.web.polls).toHaveLength(2)
    await second.web.polls[1]!.json([hello(), delta(2, {}), at(2)])
    await pass(10_000)
    expect(second.web.polls).toHaveLength(3)
  })

  test('when the reader closes, another reads on without losing anything', async () => {
    await tab.onStream()
    const second = await another()
    await second.web.polls[0]!.json([hello(), at(1)])
    tab.link.stop()
    await second.electing()
    expect(second.web.streams).toHaveLength(1)
    expect(second.web.streams[0]!.path).toContain('since=1')
    await second.web.streams[0]!.say(hello(), at(1))
    expect(second.link.state).toBe('live')
    expect(second.web.polls.at(-1)!.isAborted).toBe(true)
  })

  test('when the reader dies without a word, another finds out', async () => {
    await tab.onStream()
    const second = await another()
    tab.web.streams[0]!.bytes = () => settled()
    for (let asked = 0; asked < 3; asked += 1) {
      await second.web.polls[asked]!.json([hello(), at(1)])
      await pass(10_000)
    }
    tab.link.stop()
    await second.web.polls.at(-1)!.json([hello(), at(1)])
    await second.electing()
    expect(second.web.streams).toHaveLength(1)
  })

  test('of two who began to read at once one steps back', async () => {
    const second = new Tab()
    tab.sockets.last.drop()
    second.sockets.last.drop()
    await settled()
    await tab.web.last('healthz').json({})
    await second.web.last('healthz').json({})
    await tab.electing()
    const both = [tab, second]
    const listener = both.find(({ web }) => web.polls.length)!
    const reader = both.find((each) => each !== listener)!
    await reader.web.streams[0]!.say(hello(), at(1))
    await listener.web.polls[0]!.json([hello(), at(1)])
    expect(both.map(({ link }) => link.state)).toEqual(['live', 'live'])
    expect(listener.web.streams[0]!.isAborted).toBe(true)
    expect(reader.web.streams[0]!.isAborted).toBe(false)
  })

  test('only three rooms are read at once: in a fourth a tab asks every three seconds', async () => {
    await tab.onStream()
    for (const room of ['stroke', 'hips']) {
      const reader = await another(room)
      await reader.web.streams[0]!.say(hello(), at(1))
    }
    const fourth = await another('falls')
    expect(fourth.web.streams).toEqual([])
    await fourth.web.polls[0]!.json([hello(), at(1)])
    await pass(2_999)
    expect(fourth.web.polls).toHaveLength(1)
    await pass(1)
    expect(fourth.web.polls).toHaveLength(2)
    expect(fourth.web.polls[1]!.path).toContain('wait=0')
  })
})
