import { expect, test } from 'vitest'

import { predict } from '../tools/board/predict'
import {
  card,
  delta,
  hello,
  snapshot,
  type TestConnection,
  TestServer,
  TestStorage,
  TestTimers,
} from '../wire/testing'
import type { Card, Command, Do, ServerMessage } from '../wire/types'
import { Conversation } from './conversation'

/** A small honest server: it decides in order, answers an id once and the same again, and sends what is missing. */
class Room {
  rows = new Map<string, Card>()
  log: ServerMessage[] = []
  epoch = 'e0'
  answers = new Map<string, number>()
  added: string[] = []
  lines: Line[] = []

  get seq(): number {
    return this.log.length
  }

  decide({ id, command }: Do, line: Line): void {
    const first = this.answers.get(id)
    const row = first === undefined ? this.#rule(command) : null
    if (row) this.#store(id, row, line)
    else if (first === undefined)
      line.out.push([{ type: 'refused', id, code: 'removed', params: {}, text: '' }])
    else line.out.push([{ type: 'ack', id, seq: first }])
  }

  #store(id: string, row: Card, line: Line): void {
    const entry = delta(this.seq + 1, { card: [row] })
    this.rows.set(row.id, row)
    this.log.push(entry)
    this.answers.set(id, this.seq)
    for (const each of this.lines) {
      each.out.push(each === line ? [entry, { type: 'ack', id, seq: this.seq }] : [entry])
    }
  }

  #rule(command: Command): Card | null {
    if (command.type === 'board.add_card') {
      this.added.push(command.card_id)
      return card(command.card_id, { text: command.text, rank: `a${this.seq}` })
    }
    const row = this.rows.get((command as { card_id: string }).card_id)
    if (!row || row.removed_at) return null
    if (command.type === 'board.edit_card') return { ...row, text: command.text, rev: row.rev + 1 }
    return { ...row, removed_at: 'now' }
  }

  /** As after taking words out: another epoch, and a snapshot to everybody. */
  erase(): void {
    this.epoch += '+'
    for (const line of this.lines) line.out.push(...this.whole())
  }

  welcome(line: Line): void {
    const { resume } = line.connection
    line.out.push([hello({ member_id: line.connection.name, epoch: this.epoch, seq: this.seq })])
    const missing =
      resume?.epoch === this.epoch ? this.log.slice(resume.seq).map((entry) => [entry]) : this.whole()
    line.out.push(...missing, [{ type: 'at', seq: this.seq }])
    this.lines.push(line)
  }

  whole(): ServerMessage[][] {
    const cards = [...this.rows.values()]
    const half = cards.length >> 1
    const part = (n: number, list: Card[]) => [
      snapshot(this.seq, { card: list }, { part: n, of: 2, epoch: this.epoch }),
    ]
    return [part(1, cards.slice(0, half)), part(2, cards.slice(half))]
  }
}

interface Line {
  connection: TestConnection & { name: string }
  out: ServerMessage[][]
  read: number
}

class Browser {
  server = new TestServer()
  storage = new TestStorage()
  conversation!: Conversation
  written: string[] = []
  line: Line | null = null

  constructor(
    readonly name: string,
    private readonly room: Room,
    private readonly timers: TestTimers,
    private readonly random: () => number,
  ) {
    this.load()
  }

  load(): void {
    this.conversation?.stop()
    this.#unplug()
    const { open } = this.server
    const { timers, random, storage } = this
    this.conversation = new Conversation('sepsis', { open, timers, random, storage }, () => {})
    this.conversation.learn(predict)
  }

  /** Notices a new connection attempt and lets the server answer it. */
  plug(): void {
    const connection = Object.assign(this.server.last, { name: this.name })
    if (connection.closed || this.line?.connection === connection) return
    this.#unplug()
    this.line = { connection, out: [], read: 0 }
    this.room.welcome(this.line)
  }

  hear(): boolean {
    const frame = this.line?.connection.closed ? undefined : this.line?.out.shift()
    if (frame) this.line!.connection.say(...frame)
    return frame !== undefined
  }

  tell(): boolean {
    const message = this.line?.connection.sent[this.line.read]
    if (!message) return false
    this.line!.read += 1
    if (message.type === 'do') this.answer(message)
    else if (message.type === 'ping') this.line!.out.push([{ type: 'pong', t: message.t, now: 0 }])
    return true
  }

  answer(message: Do): void {
    const busy = this.random() < 0.15
    if (busy) this.line!.out.push([{ type: 'failed', id: message.id, code: 'storage', retry_ms: 300 }])
    else this.room.decide(message, this.line!)
  }

  cut(): void {
    const connection = this.line?.connection
    this.#unplug()
    connection?.drop()
  }

  write(): void {
    if (!this.conversation.ready) return
    const id = `${this.name}-${this.written.length}`
    this.written.push(id)
    this.conversation.send({
      type: 'board.add_card',
      card_id: id,
      board_id: 'lenses',
      column: 'value',
      text: id,
    })
  }

  change(): void {
    const rows = [...(this.conversation.view.card?.values() ?? [])]
    const row = rows[Math.floor(this.random() * rows.length)]
    if (!row) return
    if (this.random() < 0.3) this.conversation.send({ type: 'board.remove_card', card_id: row.id })
    else {
      const text = `${row.text}!`.slice(-40)
      this.conversation.send({ type: 'board.edit_card', card_id: row.id, text, base_rev: row.rev })
    }
  }

  #unplug(): void {
    this.room.lines = this.room.lines.filter((line) => line !== this.line)
    this.line = null
  }
}

function randomFrom(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function step(browser: Browser, room: Room, timers: TestTimers, random: () => number): void {
  browser.plug()
  const dice = random()
  if (dice < 0.15) browser.write()
  else if (dice < 0.25) browser.change()
  else if (dice < 0.55) browser.hear()
  else if (dice < 0.8) browser.tell()
  else if (dice < 0.9) timers.pass(random() * 800)
  else if (dice < 0.96) browser.cut()
  else if (dice < 0.985) browser.load()
  else room.erase()
}

function calm(browsers: Browser[], timers: TestTimers): void {
  for (let second = 0; second < 40; second += 1) {
    for (const browser of browsers) browser.plug()
    for (const browser of browsers) while (browser.tell() || browser.hear());
    timers.pass(1_000)
  }
}

test.each(Array.from({ length: 20 }, (_, n) => n + 1))(
  'C3 R1 storm %i of cuts, reloads and failures: all screens agree, and every card is there once',
  (seed) => {
    const random = randomFrom(seed)
    const timers = new TestTimers()
    const room = new Room()
    const browsers = ['maya', 'tom', 'nina'].map((name) => new Browser(name, room, timers, random))
    for (let n = 0; n < 600; n += 1) step(browsers[Math.floor(random() * 3)]!, room, timers, random)
    calm(browsers, timers)

    const expected = Object.fromEntries([...room.rows].sort())
    for (const browser of browsers) {
      const { view, pending, link } = browser.conversation
      expect(link.state).toBe('live')
      expect(pending.waiting).toEqual([])
      expect(Object.fromEntries([...(view.card ?? [])].sort())).toEqual(expected)
    }
    expect(room.added.sort()).toEqual(browsers.flatMap(({ written }) => written).sort())
  },
)
