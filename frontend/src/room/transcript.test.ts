import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { predict as ofBoard } from '../tools/board/predict'
import { predict as ofRoadmap } from '../tools/roadmap/predict'
import { predicted } from '../wire/predict'
import { TestServer, TestStorage, TestTimers } from '../wire/testing'
import type { AnyRow, Do, Kind, RowLists, ServerMessage } from '../wire/types'
import { Conversation } from './conversation'
import { predict as ofRoom } from './predict'

const PREDICTIONS = { ...ofRoom, ...ofBoard, ...ofRoadmap }
const FOLDER = `${import.meta.dirname}/../../../tests/transcripts`

/** What somebody did or heard, in the order it happened. */
interface Line {
  note?: string
  from?: string
  to?: string
  connect?: { since: number | null; epoch: string | null }
  cut?: true
  frame?: (Do | ServerMessage)[]
}

const transcripts = readdirSync(FOLDER).filter((file) => file.endsWith('.jsonl'))

function linesOf(file: string): Line[] {
  const lines = readFileSync(`${FOLDER}/${file}`, 'utf-8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Line)
}

/** One person's browser: it hears what it heard then, and says what was said then. */
class Browser {
  timers = new TestTimers()
  server = new TestServer()
  conversation: Conversation | null = null
  foreseen: string[] = []
  #shown = new Map<string, RowLists>()

  connect({ since, epoch }: NonNullable<Line['connect']>): void {
    const { open } = this.server
    const around = { open, timers: this.timers, random: () => 1, storage: new TestStorage() }
    if (this.conversation) this.timers.pass(250)
    else this.conversation = new Conversation('room', around, () => {})
    this.conversation.learn(PREDICTIONS)
    expect(this.server.last.resume).toEqual(since === null ? null : { seq: since, epoch })
  }

  say(message: Do): void {
    const { pending, view, memberId } = this.conversation!
    const { id, command } = message
    this.#shown.set(id, predicted(PREDICTIONS, view, command, { id, me: memberId!, now: 'now' }))
    pending.add({ id, command, about: null, at: 'now' }, () => {})
    expect(this.server.last.done.at(-1)).toEqual(message)
  }

  hear(frame: ServerMessage[]): void {
    this.server.last.say(...frame)
    for (const message of frame) if (message.type === 'ack') this.#compare(message.id, frame)
  }

  /** What was shown at once is what the server then said, but for times, and for ids and ranks of its own. */
  #compare(id: string, frame: ServerMessage[]): void {
    const delta = frame.find((message) => message.type === 'delta')
    if (!delta) return
    for (const [kind, rows] of Object.entries(this.#shown.get(id)!)) {
      const said = delta.put[kind as Kind]
      if (!said) continue
      expect(rows.map(lasting)).toEqual(said.map(lasting))
      this.foreseen.push(kind)
    }
  }
}

function lasting(row: AnyRow): object {
  const times = Object.entries(row).map(([field, value]) =>
    field.endsWith('_at') ? [field, value !== null] : [field, value],
  )
  return { ...Object.fromEntries(times), id: null, rank: null }
}

test('there are transcripts, recorded from the server', () => {
  expect(transcripts).not.toEqual([])
})

test.each(transcripts)('H2 C2 R1 R5 V6 %s is understood word for word', (file) => {
  const browsers = new Map<string, Browser>()
  for (const { from, to, connect, cut, frame = [] } of linesOf(file)) {
    const name = from ?? to
    if (name === undefined) continue
    const browser = browsers.get(name) ?? new Browser()
    browsers.set(name, browser)
    if (connect) browser.connect(connect)
    else if (cut) browser.server.last.drop()
    else if (to) browser.hear(frame as ServerMessage[])
    else (frame as Do[]).forEach((message) => browser.say(message))
  }
  const all = [...browsers.values()]
  expect(all.flatMap(({ foreseen }) => foreseen)).toContain('card')
  for (const { conversation } of all) {
    expect(conversation!.pending.waiting).toEqual([])
    expect(['live', 'ended']).toContain(conversation!.link.state)
  }
})
