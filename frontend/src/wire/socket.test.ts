import { beforeEach, expect, test } from 'vitest'

import { openSocket } from './socket'
import { hello } from './testing'
import type { Listener } from './transport'

class TestSocket {
  static last: TestSocket
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  sent: string[] = []
  closed = false

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    TestSocket.last = this
  }
  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.closed = true
  }
}

let heard: unknown[]
const listener: Listener = {
  heard: (frame) => heard.push(frame),
  answered: (frame) => heard.push(frame),
  gone: (code) => heard.push(code),
  patience: () => {},
  resume: () => null,
}
const open = (origin: string) => openSocket('r1', origin, TestSocket as unknown as typeof WebSocket)

beforeEach(() => {
  heard = []
})

test('H1 a first visit asks for everything, in the words of bigroom.v1', () => {
  open('https://bigroom.example')(null, listener)
  expect(TestSocket.last.url).toBe('wss://bigroom.example/api/rooms/r1/live')
  expect(TestSocket.last.protocol).toBe('bigroom.v1')
})

test('R3 coming back names the resume point', () => {
  open('http://localhost:8000')({ epoch: 'e 1', seq: 120 }, listener)
  expect(TestSocket.last.url).toBe('ws://localhost:8000/api/rooms/r1/live?since=120&epoch=e%201')
})

test('H3 frames are arrays of messages, and a close is told with its code', () => {
  open('http://localhost')(null, listener)
  TestSocket.last.onmessage!({ data: JSON.stringify([hello()]) })
  TestSocket.last.onclose!({ code: 4408 })
  expect(heard).toEqual([[hello()], 4408])
})

test('a closed socket is not heard any more', () => {
  const transport = open('http://localhost')(null, listener)
  transport.send({ type: 'ping', t: 5 })
  transport.close()
  expect(TestSocket.last.sent).toEqual(['{"type":"ping","t":5}'])
  expect(TestSocket.last.closed).toBe(true)
  expect(TestSocket.last.onclose).toBeNull()
})
