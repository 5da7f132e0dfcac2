import { beforeEach, describe, expect, test } from 'vitest'

import { Link, type LinkOwner } from './link'
import { delta, hello, snapshot, TestServer, TestTimers } from './testing'
import type { ServerMessage } from './types'

class Owner implements LinkOwner {
  frames: ServerMessage[][] = []
  states: string[] = []
  link!: Link

  begun = 0
  get resume() {
    return { epoch: 'e1', seq: this.frames.length }
  }
  begin() {
    this.begun += 1
  }
  heard(frame: ServerMessage[]) {
    this.frames.push(frame)
  }
  stateChanged() {
    this.states.push(this.link.state)
  }
}

let timers: TestTimers
let server: TestServer
let owner: Owner
let link: Link
let random: number

beforeEach(() => {
  timers = new TestTimers()
  server = new TestServer()
  owner = new Owner()
  random = 1
  link = owner.link = new Link(server.open, owner, timers, () => random)
  link.connect()
})

const AT: ServerMessage = { type: 'at', seq: 1 }

function goLive() {
  server.last.say(hello(), snapshot(1, {}), AT)
}

/** Milliseconds until the next attempt after this one fails. */
function waitAfterFailing(): number {
  server.last.drop()
  return timers.nextIn!
}

describe('connecting', () => {
  test('H2 is live once the server says: everything up to here has been sent', () => {
    expect(link.state).toBe('connecting')
    server.last.say(hello())
    server.last.say(snapshot(1, {}))
    expect(link.state).toBe('connecting')
    server.last.say(AT)
    expect(link.state).toBe('live')
  })

  test('H2 that brings no hello within five seconds is given up', () => {
    timers.pass(4_999)
    expect(server.connections).toHaveLength(1)
    timers.pass(1)
    expect(server.connections[0]!.closed).toBe(true)
    expect(link.state).toBe('offline')
  })

  test('R3 says from where it resumes', () => {
    goLive()
    server.last.drop()
    timers.pass(250)
    expect(server.last.resume).toEqual({ epoch: 'e1', seq: 1 })
  })

  test('H2 sends nothing before hello', () => {
    expect(link.send({ type: 'ping', t: 1 })).toBe(false)
    server.last.say(hello())
    expect(link.send({ type: 'ping', t: 1 })).toBe(true)
    expect(server.last.sent).toEqual([{ type: 'ping', t: 1 }])
  })
})

describe('a lost connection', () => {
  test('is tried again with waits that double up to three seconds in the first minute, then ten', () => {
    const waits = []
    for (let tries = 0; tries < 6; tries += 1) {
      waits.push(waitAfterFailing())
      timers.pass(waits.at(-1)!)
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 3000, 3000])
    while (timers.now() < 60_000) timers.pass(waitAfterFailing())
    expect(waitAfterFailing()).toBe(10_000)
  })

  test('waits a random part of that, so that not everybody comes back at once', () => {
    random = 0.5
    expect(waitAfterFailing()).toBe(125)
  })

  test('is "connecting" at first and "offline" when that failed too', () => {
    goLive()
    server.last.drop()
    expect(link.state).toBe('connecting')
    timers.pass(250)
    server.last.drop()
    expect(link.state).toBe('offline')
    timers.pass(500)
    goLive()
    expect(owner.states).toEqual(['live', 'connecting', 'offline', 'live'])
  })

  test('after a good while starts with short waits again', () => {
    for (let tries = 0; tries < 4; tries += 1) timers.pass(waitAfterFailing())
    goLive()
    timers.pass(5_000)
    expect(waitAfterFailing()).toBe(250)
  })

  test('that came and went at once does not', () => {
    for (let tries = 0; tries < 3; tries += 1) timers.pass(waitAfterFailing())
    goLive()
    timers.pass(100)
    expect(waitAfterFailing()).toBe(2_000)
  })

  test('H4 is noticed when nothing was heard for 35 seconds', () => {
    goLive()
    timers.pass(34_999)
    server.last.say(AT)
    timers.pass(34_999)
    expect(link.state).toBe('live')
    timers.pass(1)
    expect(server.connections[0]!.closed).toBe(true)
    expect(link.state).toBe('connecting')
  })

  test('says nothing any more', () => {
    goLive()
    const old = server.last
    timers.pass(35_000 + 250)
    old.say(delta(9, {}))
    old.drop()
    expect(owner.frames).toHaveLength(1)
    expect(server.connections).toHaveLength(2)
  })
})

test('another hello on the way is a better connection: nothing half heard on the one before counts', () => {
  goLive()
  expect(owner.begun).toBe(1)
  server.last.say(hello())
  expect(owner.begun).toBe(2)
  expect(link.state).toBe('live')
})

test('answers that came beside the connection prove nothing about it', () => {
  goLive()
  timers.pass(34_000)
  server.last.answer({ type: 'ack', id: 'c1', seq: 1 })
  timers.pass(1_000)
  expect(owner.frames.at(-1)).toEqual([{ type: 'ack', id: 'c1', seq: 1 }])
  expect(link.state).toBe('connecting')
})

test('a timer that a hidden tab runs late judges nobody: frames may wait behind it', () => {
  goLive()
  timers.sleep(60_000)
  expect(link.state).toBe('live')
  server.last.say(AT)
  timers.pass(30_000)
  expect(server.connections).toHaveLength(1)
})

describe('when network, page or person come back', () => {
  test('a waiting link tries at once', () => {
    timers.pass(waitAfterFailing())
    server.last.drop()
    link.wake()
    expect(server.connections).toHaveLength(3)
    timers.pass(4_999)
    expect(server.connections).toHaveLength(3)
  })

  test('an open connection has five seconds to show that it works', () => {
    goLive()
    link.wake()
    expect(server.last.sent).toMatchObject([{ type: 'ping' }])
    timers.pass(5_000)
    expect(link.state).toBe('connecting')
  })

  test('an open connection that answers stays', () => {
    goLive()
    link.wake()
    timers.pass(4_000)
    server.last.say({ type: 'pong', t: 0, now: 0 })
    timers.pass(30_000)
    expect(server.connections).toHaveLength(1)
  })

  test('an attempt under way goes on', () => {
    link.wake()
    expect(server.connections).toHaveLength(1)
  })
})

describe('bye', () => {
  const bye = (code: number, retry_ms: number | null = null): ServerMessage => ({
    type: 'bye',
    code,
    retry_ms,
  })

  test('H5 1012 comes back after the time that the server names', () => {
    goLive()
    server.last.say(bye(1012, 740))
    expect(server.connections[0]!.closed).toBe(true)
    timers.pass(739)
    expect(server.connections).toHaveLength(1)
    timers.pass(1)
    expect(server.connections).toHaveLength(2)
  })

  test('H5 4408 comes back by itself', () => {
    goLive()
    server.last.say(bye(4408))
    timers.pass(250)
    expect(server.connections).toHaveLength(2)
  })

  test('H5 4429 waits, whatever wakes it', () => {
    goLive()
    server.last.say(bye(4429))
    link.wake()
    timers.pass(9_999)
    expect(server.connections).toHaveLength(1)
    timers.pass(1)
    expect(server.connections).toHaveLength(2)
  })

  test.each([4400, 4401, 4403, 4404, 4409])('H5 %i ends it for good and says so', (code) => {
    goLive()
    server.last.say(bye(code))
    expect(link.state).toBe('ended')
    expect(link.ended).toEqual({ code })
    link.wake()
    timers.pass(100_000)
    expect(server.connections).toHaveLength(1)
  })

  test('H5 is understood from the close code when the message got lost', () => {
    goLive()
    server.last.drop(4403)
    expect(link.ended).toEqual({ code: 4403 })
  })

  test('is the last that is heard of a connection', () => {
    server.last.say(hello(), bye(1012, 100), AT)
    expect(link.state).toBe('offline')
  })
})

test('a stopped link opens nothing and closes what is open', () => {
  goLive()
  link.stop()
  expect(server.last.closed).toBe(true)
  timers.pass(100_000)
  expect(server.connections).toHaveLength(1)
})
