/** For tests: time that passes when told, and a server that says what it is told to say. */

import { type ResumePoint, withRows } from './replica'
import type { Timers } from './timers'
import { type Listener, LOST, type OpenTransport, type Transport } from './transport'
import type {
  Card,
  ClientMessage,
  Delta,
  Do,
  Hello,
  Member,
  RowLists,
  ServerMessage,
  Snapshot,
  Tables,
} from './types'

interface Due {
  at: number
  run: () => void
}

export class TestTimers implements Timers {
  #now = 0
  #due: Due[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void) {
    const due = { at: this.#now + ms, run }
    this.#due.push(due)
    return () => void (this.#due = this.#due.filter((other) => other !== due))
  }

  pass(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#due = this.#due.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = until
  }

  /** Time goes by in which nothing runs; what was due then runs now. */
  sleep(ms: number): void {
    this.#now += ms
    this.pass(0)
  }

  get nextIn(): number | undefined {
    const first = Math.min(...this.#due.map(({ at }) => at))
    return first === Infinity ? undefined : first - this.#now
  }
}

/** One connection as the server sees it. */
export class TestConnection implements Transport {
  sent: ClientMessage[] = []
  closed = false

  constructor(
    readonly resume: ResumePoint | null,
    readonly listener: Listener,
  ) {}

  send(message: ClientMessage): void {
    this.sent.push(message)
  }

  prove(t: number): void {
    this.send({ type: 'ping', t })
  }

  close(): void {
    this.closed = true
  }

  say(...frame: ServerMessage[]): void {
    this.listener.heard(frame)
  }

  answer(...frame: ServerMessage[]): void {
    this.listener.answered(frame)
  }

  drop(code = LOST): void {
    this.listener.gone(code)
  }

  get done(): Do[] {
    return this.sent.filter((message) => message.type === 'do')
  }
}

export class TestServer {
  connections: TestConnection[] = []

  open: OpenTransport = (resume, listener) => {
    const connection = new TestConnection(resume, listener)
    this.connections.push(connection)
    return connection
  }

  get last(): TestConnection {
    return this.connections.at(-1)!
  }
}

export class TestStorage implements Storage {
  #items = new Map<string, string>()
  constructor(private readonly quota = Infinity) {}

  get length(): number {
    return this.#items.size
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    if (value.length > this.quota) throw new Error('QuotaExceededError')
    this.#items.set(key, value)
  }
  removeItem(key: string): void {
    this.#items.delete(key)
  }
  clear(): void {
    this.#items.clear()
  }
}

export const NOW = Date.UTC(2026, 3, 2, 12, 30)
export const ROW = {
  created_at: '2026-04-02T12:30:00.000Z',
  removed_at: null,
  redacted_at: null,
  locked_by: null,
}

export function hello(fields: Partial<Hello> = {}): Hello {
  return {
    type: 'hello',
    member_id: 'maya',
    epoch: 'e1',
    seq: 1,
    now: NOW,
    build: 'test',
    tick_ms: 20,
    ...fields,
  }
}

export function snapshot(seq: number, rows: RowLists, fields: Partial<Snapshot> = {}): Snapshot {
  return { type: 'snapshot', epoch: 'e1', seq, part: 1, of: 1, rows, ...fields }
}

export function delta(seq: number, put: RowLists, drop: Delta['drop'] = {}): Delta {
  return { type: 'delta', seq, at: ROW.created_at, by: 'tom', fact: null, put, drop }
}

export function member(id: string, fields: Partial<Member> = {}): Member {
  return {
    ...ROW,
    id,
    name: id,
    voice: null,
    microsystem: null,
    part: 'member',
    state: 'active',
    without_device: false,
    ...fields,
  }
}

export function card(id: string, fields: Partial<Card> = {}): Card {
  return {
    ...ROW,
    id,
    board_id: 'lenses',
    audience: 'all',
    column: 'value',
    text: id,
    rank: 'V',
    rev: 0,
    kind: null,
    confidence: null,
    author_id: 'maya',
    proxy_for: null,
    voice: null,
    corrected_by: null,
    original: null,
    from_patient: false,
    theme_id: null,
    evidence: [],
    hidden: false,
    held: false,
    capture_id: null,
    ...fields,
  }
}

/** Tables as a replica holds them. */
export function tablesOf(rows: RowLists): Tables {
  return withRows({}, rows)
}
