import { describe, expect, test } from 'vitest'

import { changedKinds, Replica } from './replica'
import { card, delta, member, snapshot } from './testing'

const cards = (replica: Replica) =>
  [...(replica.tables.card?.values() ?? [])].map(({ id, text }) => [id, text])

function replicaWith(...ids: string[]): Replica {
  const replica = new Replica()
  replica.receive(snapshot(10, { card: ids.map((id) => card(id)) }))
  return replica
}

describe('the resume point', () => {
  test('R1 there is none before the first snapshot, and a delta does not make one', () => {
    const replica = new Replica()
    replica.receive(delta(3, { card: [card('a')] }))
    replica.receive({ type: 'at', seq: 4 })
    expect(replica.resume).toBeNull()
    expect(cards(replica)).toEqual([])
  })

  test('R1 is moved by snapshot, delta and at', () => {
    const replica = replicaWith()
    expect(replica.resume).toEqual({ epoch: 'e1', seq: 10 })
    replica.receive(delta(12, {}))
    expect(replica.resume?.seq).toBe(12)
    replica.receive({ type: 'at', seq: 15 })
    expect(replica.resume?.seq).toBe(15)
  })

  test('R1 never goes back, except by a snapshot', () => {
    const replica = replicaWith('a')
    replica.receive({ type: 'at', seq: 7 })
    expect(replica.resume?.seq).toBe(10)
    replica.receive(snapshot(4, {}, { epoch: 'restored' }))
    expect(replica.resume).toEqual({ epoch: 'restored', seq: 4 })
  })

  test('R1 moves with the last part of a snapshot only', () => {
    const replica = new Replica()
    replica.receive(snapshot(10, { card: [card('a')] }, { part: 1, of: 2 }))
    expect(replica.resume).toBeNull()
    replica.receive(snapshot(10, { card: [card('b')] }, { part: 2, of: 2 }))
    expect(replica.resume?.seq).toBe(10)
  })
})

describe('a snapshot', () => {
  test('R3 replaces everything there was', () => {
    const replica = replicaWith('a', 'b')
    replica.receive(snapshot(11, { member: [member('tom')] }))
    expect(cards(replica)).toEqual([])
    expect(replica.tables.member?.get('tom')?.name).toBe('tom')
  })

  test('R1 shows nothing of itself until it is whole', () => {
    const replica = replicaWith('old')
    replica.receive(snapshot(20, { card: [card('a')] }, { part: 1, of: 2, epoch: 'e2' }))
    expect(cards(replica)).toEqual([['old', 'old']])
    replica.receive(snapshot(20, { card: [card('b')] }, { part: 2, of: 2, epoch: 'e2' }))
    expect(cards(replica).map(([id]) => id)).toEqual(['a', 'b'])
  })

  test('R1 that was cut in the middle leaves nothing behind', () => {
    const replica = replicaWith('old')
    replica.receive(snapshot(20, { card: [card('cut')] }, { part: 1, of: 3 }))
    replica.forgetParts()
    replica.receive(delta(11, { card: [card('new')] }))
    expect(cards(replica).map(([id]) => id)).toEqual(['old', 'new'])
  })

  test('R1 lets deltas between its parts wait for it', () => {
    const replica = new Replica()
    replica.receive(snapshot(10, { card: [card('a')] }, { part: 1, of: 2 }))
    replica.receive(delta(11, {}, { card: ['b'] }))
    replica.receive(snapshot(10, { card: [card('b')] }, { part: 2, of: 2 }))
    expect(cards(replica).map(([id]) => id)).toEqual(['a'])
    expect(replica.resume?.seq).toBe(11)
  })
})

describe('a delta', () => {
  test('R4 puts whole rows in the place of those there were', () => {
    const replica = replicaWith('a')
    replica.receive(delta(11, { card: [card('a', { text: 'anew', rev: 1 })] }))
    expect(cards(replica)).toEqual([['a', 'anew']])
  })

  test('R4 drops rows, and ignores ids it does not know', () => {
    const replica = replicaWith('a', 'b')
    replica.receive(delta(11, {}, { card: ['a', 'never seen'], theme: ['neither'] }))
    expect(cards(replica)).toEqual([['b', 'b']])
  })

  test('R2 that came before is not applied again', () => {
    const replica = replicaWith('a')
    replica.receive(delta(11, { card: [card('a', { text: 'second' })] }))
    replica.receive(delta(10, { card: [card('a', { text: 'first' })] }))
    expect(cards(replica)).toEqual([['a', 'second']])
  })

  test('leaves the tables it does not touch as the very objects they were', () => {
    const replica = new Replica()
    replica.receive(snapshot(1, { card: [card('a')], member: [member('tom')] }))
    const before = replica.tables
    replica.receive(delta(2, { card: [card('b')] }))
    expect(changedKinds(before, replica.tables)).toEqual(['card'])
    expect(before.card?.has('b')).toBe(false)
  })

  test('tells whose change it was, until a snapshot comes', () => {
    const replica = replicaWith('a')
    replica.receive(delta(11, { card: [card('a')] }))
    expect(replica.changedBy.get('a')).toBe('tom')
    replica.receive(snapshot(12, { card: [card('a')] }))
    expect(replica.changedBy.has('a')).toBe(false)
  })

  test('with a kind this build does not know harms nothing', () => {
    const replica = replicaWith('a')
    replica.receive(delta(11, { hologram: [{ id: 'x' }] } as never, { hologram: ['y'] } as never))
    expect(cards(replica)).toEqual([['a', 'a']])
    expect(replica.resume?.seq).toBe(11)
  })
})
