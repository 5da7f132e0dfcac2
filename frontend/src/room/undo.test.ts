import { beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { predict as ofTheBoard } from '../tools/board/predict'
import { tray } from '../ui/toasts.svelte'
import { card, delta, hello, member, snapshot, TestServer, TestStorage, TestTimers } from '../wire/testing'
import type { Card, RoomInfo } from '../wire/types'
import { speak } from '../wire/words'
import words from '../wire/words.gen.json'
import { predict as ofTheRoom } from './predict'
import { createRoom, type Room } from './room.svelte'
import { Undo } from './undo.svelte'
import { undoable } from './undoable.svelte'

let server: TestServer
let room: Room
let undo: Undo

beforeAll(() => speak(words))

beforeEach(() => {
  server = new TestServer()
  room = createRoom('sepsis', {
    open: server.open,
    timers: new TestTimers(),
    random: () => 1,
    storage: new TestStorage(),
    fetch: async () => Response.json({}),
    onWake: () => () => {},
  })
  room.learn({ ...ofTheRoom, ...ofTheBoard })
  undo = new Undo(room)
  const info = { ...member('sepsis'), method: 'flow_roadmap', method_version: 1 } as unknown as RoomInfo
  const cards = [standing('a', 'V'), standing('b', 'k')]
  server.last.say(
    hello(),
    snapshot(10, { room: [info], card: cards, member: [member('maya'), member('tom')] }),
  )
  server.last.say({ type: 'at', seq: 10 })
})

function standing(id: string, rank: string): Card {
  return { ...card(id), board_id: 'lenses', column: 'value', rank, theme_id: null }
}

function sent(): unknown {
  return server.last.done.at(-1)?.command
}

describe('undo', () => {
  it('moves a card back to its column and to its place', () => {
    room.send({ type: 'board.move_card', card_id: 'b', column: 'vision', after: null })
    undo.press()
    expect(sent()).toEqual({ type: 'board.move_card', card_id: 'b', column: 'value', after: 'a' })
    expect(room.get('card', 'b')).toMatchObject({ column: 'value', theme_id: null })
  })

  it('takes my things back one after the other, the last one first', () => {
    room.send({ type: 'board.move_card', card_id: 'a', column: 'vision' })
    room.send({ type: 'board.remove_card', card_id: 'b' })
    undo.press()
    expect(sent()).toEqual({ type: 'board.restore_card', card_id: 'b' })
    undo.press()
    expect(sent()).toEqual({ type: 'board.move_card', card_id: 'a', column: 'value' })
    const before = server.last.done.length
    undo.press()
    expect(server.last.done).toHaveLength(before)
  })

  it('leaves alone what somebody else has changed since, and says so', () => {
    room.send({ type: 'board.move_card', card_id: 'a', column: 'vision' })
    const id = server.last.done.at(-1)!.id
    const mine = { ...room.get('card', 'a')! }
    server.last.say(delta(11, { card: [mine] }), { type: 'ack', id, seq: 11 })
    server.last.say(delta(12, { card: [{ ...mine, column: 'involve' }] }))
    const before = server.last.done.length
    undo.press()
    expect(server.last.done).toHaveLength(before)
    expect(tray.current?.text).toContain('Somebody has changed it since')
  })

  it('does not count what was refused', async () => {
    room.send({ type: 'board.move_card', card_id: 'a', column: 'vision' })
    expect(undoable.what).toBe('moving a card')
    const id = server.last.done.at(-1)!.id
    server.last.say({ type: 'refused', id, code: 'removed', params: {}, text: '' })
    await Promise.resolve()
    expect(undoable.what).toBeNull()
  })

  it('says why the server has not taken it back', async () => {
    room.send({ type: 'board.remove_card', card_id: 'a' })
    undo.press()
    const id = server.last.done.at(-1)!.id
    server.last.say({ type: 'refused', id, code: 'locked', params: { by: 'tom' }, text: '' })
    await Promise.resolve()
    expect(tray.current?.text).toContain('Not undone: removing a card.')
  })

  it('does not take back its own taking back', () => {
    room.send({ type: 'board.remove_card', card_id: 'a' })
    undo.press()
    expect(undoable.what).toBeNull()
  })
})
