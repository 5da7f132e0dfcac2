import { expect, test, vi } from 'vitest'

import { member, TestStorage, TestTimers } from '../../wire/testing'
import type { Room } from '../room.svelte'
import { inGroups, ShownCode } from './code.svelte'
import { groupsHere } from './present'
import { Showing } from './showing.svelte'

const MINUTE = 60_000

test('a wall welcomes until everyone is brought somewhere', () => {
  const showing = new Showing(new TestTimers(), null)
  showing.saw('roadmap')
  expect(showing.isWelcome).toBe(true)
  showing.saw('board')
  expect(showing.isWelcome).toBe(false)
})

test('a wall turns to the room when everyone begins to write in silence, not for what was written last week', () => {
  const showing = new Showing(new TestTimers(), null)
  showing.captures(2)
  expect(showing.isWelcome).toBe(true)
  showing.captures(3)
  expect(showing.isWelcome).toBe(false)
})

test('whoever stands at it can choose', () => {
  const showing = new Showing(new TestTimers(), null)
  showing.toggle()
  expect(showing.isWelcome).toBe(false)
  showing.toggle()
  expect(showing.isWelcome).toBe(true)
})

test('loaded again in the middle of the hour it goes on with the room', () => {
  const storage = new TestStorage()
  new Showing(new TestTimers(), storage).toggle()
  expect(new Showing(new TestTimers(), storage).isWelcome).toBe(false)
})

test('it welcomes again when everybody has been gone for a while, not when a server is restarted', () => {
  const timers = new TestTimers()
  const showing = new Showing(timers, null)
  showing.toggle()
  showing.here(0)
  timers.pass(4 * MINUTE)
  showing.here(3)
  timers.pass(10 * MINUTE)
  expect(showing.isWelcome).toBe(false)
  showing.here(0)
  timers.pass(5 * MINUTE)
  expect(showing.isWelcome).toBe(true)
})

const CODE = { code: 'KTMX4QDC', expires_at: new Date(20 * MINUTE).toISOString() }
const soon = async () => void (await new Promise((done) => setTimeout(done)))

test('the code is asked for again while it is shown, and only then', async () => {
  const timers = new TestTimers()
  const ask = vi.fn(async () => CODE)
  const code = new ShownCode(ask, timers, () => 0)
  code.show()
  timers.pass(0)
  await soon()
  expect(code.letters).toBe('KTMX4QDC')
  timers.pass(MINUTE)
  await soon()
  expect(ask).toHaveBeenCalledTimes(2)
  code.stop()
  timers.pass(10 * MINUTE)
  expect(ask).toHaveBeenCalledTimes(2)
})

test('a code stays on the wall as long as it opens, also when the line is gone', async () => {
  const timers = new TestTimers()
  let isDown = false
  const ask = async () => {
    if (isDown) throw new Error('no line')
    return CODE
  }
  const code = new ShownCode(ask, timers, () => timers.now())
  code.show()
  timers.pass(0)
  await soon()
  isDown = true
  timers.pass(MINUTE)
  await soon()
  expect(code.letters).toBe('KTMX4QDC')
  for (let at = 0; at < 30; at += 1) {
    timers.pass(MINUTE)
    await soon()
  }
  expect(code.letters).toBeNull()
})

test('a code is read in two groups of four', () => {
  expect(inGroups('KTMX4QDC')).toBe('KTMX 4QDC')
})

test('teams of which nobody is here are counted, too', () => {
  const people = [
    member('maya', { voice: 'patient' }),
    member('joe', { voice: 'carer', microsystem: 'Pharmacy' }),
    member('tom', { voice: 'nurse', microsystem: 'Emergency department' }),
    member('away', { voice: 'nurse', microsystem: 'Pharmacy' }),
  ]
  const room = {
    id: 'sepsis',
    method: {
      voices: [
        { key: 'patient', group: 'patients' },
        { key: 'carer', group: 'patients' },
        { key: 'nurse', group: 'clinical' },
      ],
    },
    here: new Map(['maya', 'joe', 'tom'].map((id) => [id, {}])),
    all: () => people,
    get: () => ({ pathway: ['Emergency department', 'Pharmacy', 'Microbiology'] }),
  } as unknown as Room
  expect(groupsHere(room)).toEqual([
    { team: null, count: 2 },
    { team: 'Emergency department', count: 1 },
    { team: 'Pharmacy', count: 1 },
    { team: 'Microbiology', count: 0 },
  ])
})
