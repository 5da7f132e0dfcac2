import { flushSync } from 'svelte'
import { beforeEach, expect, test } from 'vitest'

import type { Method } from '../room/method'
import { createRoom, type Room } from '../room/room.svelte'
import { PREDICTIONS } from '../tools/predictions'
import { TestTimers } from '../wire/testing'
import type { Command } from '../wire/types'
import { beginning, BOARD, ME, PEOPLE, ROOM } from './company'
import { Lesson } from './lesson.svelte'
import { Pretend } from './pretend'
import { Script } from './script'

const METHOD = {
  key: 'flow_roadmap',
  version: 1,
  board_title: '5Vs',
  lenses: ['value', 'involve', 'visualisation', 'evidence', 'vision'].map((key) => ({ key, title: key })),
} as unknown as Method

let timers: TestTimers
let room: Room
let pretend: Pretend
let lesson: Lesson
let script: Script

beforeEach(() => {
  timers = new TestTimers()
  lesson = new Lesson((step) => script.begin(step))
  pretend = new Pretend(beginning(METHOD), ME, PEOPLE, PREDICTIONS, timers, (command) => lesson.did(command))
  script = new Script(pretend, timers)
  room = createRoom(ROOM, {
    open: pretend.open,
    timers,
    random: () => 1,
    storage: null,
    fetch: async () => Response.json(METHOD),
    onWake: () => () => {},
  })
  room.learn(PREDICTIONS)
  lesson.start()
  timers.pass(100)
  flushSync()
})

function passOver(steps: number) {
  for (let step = 0; step < steps; step += 1) lesson.next()
}

function send(command: Command) {
  const sent = room.send(command)
  timers.pass(100)
  return sent
}

const mine = (card_id: string): Command => ({
  type: 'board.add_card',
  card_id,
  board_id: BOARD,
  column: 'value',
  text: 'Nobody looked at me',
})

const words = () => room.all('card').map(({ author_id, column }) => `${author_id} ${column}`)

test('the room opens with made-up people in it and a bare wall', () => {
  expect(room.link).toBe('live')
  expect([...room.here.keys()].sort()).toEqual([...PEOPLE, ME].sort())
  expect(room.me?.part).toBe('member')
  expect(words()).toEqual([])
})

test('others write while somebody thinks, and are seen writing before', () => {
  timers.pass(2_000)
  expect(room.here.get('maya')?.editing).toBe(BOARD)
  timers.pass(3_000)
  expect(words()).toEqual(['maya value'])
  expect(room.here.get('maya')?.editing).toBeNull()
})

test('what I write is saved at once, and leads on', async () => {
  const sent = send(mine('a'))
  expect(await sent.outcome).toMatchObject({ ok: true })
  expect(room.saving).toBe(0)
  expect(lesson.step).toBe('move')
  send({ type: 'board.move_card', card_id: 'a', column: 'vision', after: null })
  expect(room.get('card', 'a')?.column).toBe('vision')
  expect(lesson.step).toBe('theme')
  timers.pass(2_000)
  const theme = room.all('theme')[0]!
  expect(room.all('card').filter(({ theme_id }) => theme_id === theme.id)).toHaveLength(2)
  send({ type: 'board.move_card', card_id: 'a', theme_id: theme.id })
  expect(lesson.step).toBe('silence')
})

test('in silence I see only my own card, until all turn at once and are nobody’s', () => {
  passOver(3)
  timers.pass(100)
  expect(room.all('capture')).toMatchObject([{ mode: 'unsigned', state: 'writing' }])
  timers.pass(12_000)
  expect([...room.here.values()].filter(({ editing }) => editing)).toEqual([])
  expect(room.all('capture')).toMatchObject([{ written: 3 }])
  expect(room.all('card').filter(({ hidden }) => hidden)).toEqual([])
  send(mine('a'))
  expect(room.all('card').filter(({ hidden }) => hidden)).toMatchObject([{ id: 'a', author_id: null }])
  expect(lesson.step).toBe('done')
  timers.pass(3_000)
  expect(room.all('capture')).toMatchObject([{ written: 4, state: 'revealed' }])
  const turned = room.all('card').filter(({ author_id }) => author_id === null)
  expect(turned).toHaveLength(4)
  expect(turned.some(({ hidden }) => hidden)).toBe(false)
})

test('who passes over the silence sees what the others wrote turned over', () => {
  passOver(4)
  expect(room.all('card').filter(({ author_id }) => author_id === null)).toEqual([])
  timers.pass(3_000)
  expect(room.all('card').filter(({ author_id }) => author_id === null)).toHaveLength(3)
})

test('who skips finds what the others would have written', () => {
  lesson.next()
  expect(words()).toEqual(['maya value', 'tom involve', 'grace visualisation', 'amir involve'])
  lesson.next()
  expect(words()).toHaveLength(6)
  timers.pass(60_000)
  expect(words()).toHaveLength(6)
})

test('a card that was removed does not come back with the next step', () => {
  timers.pass(5_000)
  const [first] = room.all('card')
  send({ type: 'board.remove_card', card_id: first!.id })
  lesson.next()
  expect(room.all('card').some(({ id }) => id === first!.id)).toBe(false)
})

test('when somebody leaves, the script is over', () => {
  script.stop()
  timers.pass(60_000)
  expect(words()).toEqual([])
})
