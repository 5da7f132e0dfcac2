import { describe, expect, it } from 'vitest'

import { frameOf, NAMES, PADDING, PITCH, type Placed, STEP } from './geometry'
import { fallen, settled } from './places'

const LANES = ['patient', 'ward', 'laboratory'].map((id) => ({ id }))

function step(id: string, lane_id: string, x: number, y = PADDING): Placed {
  return { id, lane_id, kind: 'activity', x, y }
}

function where(steps: readonly Placed[]): Record<string, [string, number, number]> {
  return Object.fromEntries(steps.map(({ id, lane_id, x, y }) => [id, [lane_id, x, y]]))
}

function onEachOther(steps: readonly Placed[]): string[] {
  return steps.flatMap((one, at) =>
    steps
      .slice(at + 1)
      .filter(({ lane_id, x, y }) => {
        const isNear = Math.abs(one.x - x) < STEP.width && Math.abs(one.y - y) < STEP.height
        return lane_id === one.lane_id && isNear
      })
      .map(({ id }) => `${one.id} on ${id}`),
  )
}

describe('steps that are let go', () => {
  it('stay where they fall while nothing stands there', () => {
    const moved = [step('a', 'ward', 300), step('b', 'ward', 452, 112)]
    expect(settled([step('c', 'ward', 12)], moved)).toEqual(moved)
  })

  it('keep their arrangement where one of them would lie on another step', () => {
    const there = step('there', 'ward', 300)
    const [a, b] = settled([there], [step('a', 'ward', 290), step('b', 'ward', 290 + PITCH, 112)])
    expect([b!.x - a!.x, b!.y - a!.y]).toEqual([PITCH, 100])
    expect([Math.abs(a!.x - there.x) >= STEP.width, Math.abs(a!.y - there.y) >= STEP.height]).toContain(true)
  })

  it('find a place each where all of them together have none', () => {
    const row = Array.from({ length: 12 }, (_, at) => step(`s${at}`, 'ward', 12 + at * PITCH))
    const moved = [0, 3, 6].map((at) => step(`m${at}`, 'ward', 20 + at * PITCH))
    const taken = [...row, ...row.map((one) => ({ ...one, id: `${one.id}+`, y: 112 + (one.x % 7) }))]
    const all = [...taken, ...settled(taken, moved)]
    expect(all).toHaveLength(27)
    expect(onEachOther(all)).toEqual([])
  })

  it('find a place each though they are half of a large map', () => {
    let chance = 7
    const below = (most: number) => (chance = (chance * 1_103_515_245 + 12_345) % 2 ** 31) % most
    const half = (name: string) =>
      Array.from({ length: 150 }, (_, at) =>
        step(`${name}${at}`, `lane${below(4)}`, PADDING + below(3000), PADDING + below(900)),
      )
    const taken = half('there')
    const all = [...settled(taken, half('moved')), ...taken]
    expect(onEachOther(all).filter((pair) => pair.startsWith('moved'))).toEqual([])
  })

  it('never lie on each other, though they were', () => {
    const [a, b] = settled([], [step('a', 'ward', 40), step('b', 'ward', 44)])
    expect(Math.abs(a!.x - b!.x) >= STEP.width || Math.abs(a!.y - b!.y) >= STEP.height).toBe(true)
  })
})

describe('steps of one lane that are dragged together', () => {
  const stacked = [step('a', 'ward', 12), step('b', 'ward', 12, 112)]
  const frame = frameOf(LANES, stacked)
  const [, , laboratory] = frame.lanes

  it('fall into the lane of the one in the hand, one over the other as before', () => {
    const at = (y: number) => ({ x: NAMES + 200, y: laboratory!.top + y })
    const letGo = stacked.map((one, n) => ({ step: one, at: at(n * 100 + 20) }))
    expect(where(fallen(frame, letGo))).toEqual({ a: ['laboratory', 200, 20], b: ['laboratory', 200, 120] })
  })

  it('are not pressed together at the edge of a lane, or of the map', () => {
    const letGo = stacked.map((one, n) => ({ step: one, at: { x: n * 30, y: -50 + n * 100 } }))
    expect(where(fallen(frame, letGo))).toEqual({ a: ['patient', 12, 12], b: ['patient', 42, 112] })
  })
})
