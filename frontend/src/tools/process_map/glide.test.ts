import { beforeEach, describe, expect, it } from 'vitest'

import type { Point } from './geometry'
import { Glide } from './glide'

/** Frames come when they are asked for. */
class Frames {
  time = 0
  drawing: ((now: number) => void) | null = null
  readonly now = () => this.time
  readonly frame = (draw: (now: number) => void) => {
    this.drawing = draw
    return 1
  }
  readonly cancel = () => (this.drawing = null)

  pass(ms: number): void {
    for (const end = this.time + ms; this.time < end;) {
      this.time += 16
      const draw = this.drawing
      this.drawing = null
      draw?.(this.time)
    }
  }
}

const NOBODY = new Set<string>()
const HOME = { x: 100, y: 50 }
const AWAY = { x: 400, y: 50 }

let frames: Frames
let shown: ReadonlyMap<string, Point>
let isCalm: boolean
let glide: Glide

beforeEach(() => {
  frames = new Frames()
  shown = new Map()
  isCalm = false
  glide = new Glide(
    (at) => (shown = at),
    () => isCalm,
    frames,
  )
  glide.rests(new Map([['triage', HOME]]), NOBODY)
})

describe('a step in somebody else’s hand', () => {
  it('glides after it, and rests where it was let go though the row comes later', () => {
    glide.holds(new Map([['triage', AWAY]]))
    frames.pass(48)
    expect(shown.get('triage')!.x).toBeGreaterThan(HOME.x)
    expect(shown.get('triage')!.x).toBeLessThan(AWAY.x)
    frames.pass(800)
    expect(shown.get('triage')!.x).toBeCloseTo(AWAY.x, 0)
    glide.holds(new Map())
    frames.pass(100)
    expect(shown.get('triage')!.x).toBeCloseTo(AWAY.x, 0)
    glide.rests(new Map([['triage', AWAY]]), NOBODY)
    frames.pass(100)
    expect(shown.size).toBe(0)
    expect(frames.drawing).toBeNull()
  })

  it('goes back where it was when nothing came of it', () => {
    glide.holds(new Map([['triage', AWAY]]))
    frames.pass(800)
    glide.holds(new Map())
    frames.pass(3_000)
    expect(shown.size).toBe(0)
  })

  it('is at once where it is wherever nothing may move', () => {
    isCalm = true
    glide.holds(new Map([['triage', AWAY]]))
    frames.pass(16)
    expect(shown.get('triage')).toEqual(AWAY)
  })
})

describe('a step that has moved', () => {
  it('is first seen where it was', () => {
    frames.pass(5_000)
    glide.rests(new Map([['triage', AWAY]]), NOBODY)
    expect(shown.get('triage')!.x).toBeCloseTo(HOME.x)
    frames.pass(1_000)
    expect(shown.size).toBe(0)
  })

  it('by my own hand is there already', () => {
    glide.rests(new Map([['triage', AWAY]]), new Set(['triage']))
    expect(shown.size).toBe(0)
  })

  it('and has gone meanwhile is not waited for', () => {
    glide.holds(new Map([['triage', AWAY]]))
    glide.rests(new Map(), NOBODY)
    frames.pass(16)
    expect(shown.size).toBe(0)
  })
})
