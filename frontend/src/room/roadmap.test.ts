import { expect, test } from 'vitest'

import type { StepState } from '../wire/types'
import { entrance, openStage, type RailStage } from './roadmap'

function stage(key: string, state: StepState, ...places: string[]): RailStage {
  const steps = places.map((place, index) => ({ id: `${key}${index}`, state, place, lens: null }))
  return { stage: { key }, state, steps } as unknown as RailStage
}

const STAGES = [
  stage('pre_phase', 'done', 'step/s1'),
  stage('big_room', 'not_started', 'board/value', 'board/vision'),
  stage('themes', 'doing', 'themes'),
]

test('the stage somebody is in is open', () => {
  expect(openStage(STAGES, 'board/vision')?.stage.key).toBe('big_room')
  expect(openStage(STAGES, 'board')?.stage.key).toBe('big_room')
})

test('elsewhere the first stage under way is open', () => {
  expect(openStage(STAGES, 'roadmap')?.stage.key).toBe('themes')
})

test('a stage is entered at its first step that is not done', () => {
  const mixed = stage('aim', 'doing', 'aim/global', 'aim/specific')
  mixed.steps[0]!.state = 'done'
  expect(entrance(mixed)).toBe('aim/specific')
  expect(entrance(STAGES[0]!)).toBe('step/s1')
})
