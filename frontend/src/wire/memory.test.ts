import { expect, test } from 'vitest'

import { Memory } from './memory'
import { TestStorage } from './testing'

const waiting = (id: string) => ({ id, command: { type: 'rooms.leave' } as const, about: null, at: '' })

test('commands without an answer are there after a reload', () => {
  const storage = new TestStorage()
  new Memory(storage, 'sepsis', 'maya').remember({ waiting: [waiting('a')], refusals: [] })
  expect(new Memory(storage, 'sepsis', 'maya').remembered().waiting).toEqual([waiting('a')])
})

test('a draft is there after a reload, and gone when it was sent', () => {
  const storage = new TestStorage()
  new Memory(storage, 'sepsis', 'maya').keepDraft('value', 'I wanted somebody to')
  const again = new Memory(storage, 'sepsis', 'maya')
  expect(again.draft('value')).toBe('I wanted somebody to')
  again.keepDraft('value', '')
  expect(again.draft('value')).toBe('')
  expect(storage.length).toBe(0)
})

test('the next person at the same computer finds nothing of it', () => {
  const storage = new TestStorage()
  const maya = new Memory(storage, 'sepsis', 'maya')
  maya.keepDraft('value', 'mine')
  maya.remember({ waiting: [waiting('a')], refusals: [] })
  for (const other of [new Memory(storage, 'sepsis', 'tom'), new Memory(storage, 'cystic', 'maya')]) {
    expect(other.draft('value')).toBe('')
    expect(other.remembered()).toEqual({ waiting: [], refusals: [] })
  }
})

test('nothing is left when everything is answered', () => {
  const storage = new TestStorage()
  const memory = new Memory(storage, 'sepsis', 'maya')
  memory.remember({ waiting: [waiting('a')], refusals: [] })
  memory.remember({ waiting: [], refusals: [] })
  expect(storage.length).toBe(0)
})

test('it stays small: the oldest drafts go first', () => {
  const memory = new Memory(new TestStorage(), 'sepsis', 'maya')
  for (let n = 0; n < 60; n += 1) memory.keepDraft(`place ${n}`, 'text')
  expect(memory.draft('place 9')).toBe('')
  expect(memory.draft('place 10')).toBe('text')
})

test('a full or forbidden storage stops nobody', () => {
  for (const storage of [new TestStorage(10), null]) {
    const memory = new Memory(storage, 'sepsis', 'maya')
    memory.keepDraft('value', 'I wanted somebody to')
    expect(memory.draft('value')).toBe('')
  }
})
