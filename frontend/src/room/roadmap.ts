/** The roadmap as the rail shows it: stages and steps of the method, with what this room has made of them. */

import type { Id, StepState } from '../wire/types'
import type { Lens, Method, MethodStep, Stage } from './method'
import { placeOf } from './places'
import type { Room } from './room.svelte'

export interface RailStep {
  id: Id
  step: MethodStep
  state: StepState
  place: string
  lens: { lens: Lens; index: number; cards: number } | null
}

export interface RailStage {
  stage: Stage
  state: StepState
  steps: RailStep[]
}

/** For use inside `$derived`: it reads rows and wakes with them. */
export function stagesOf(room: Room): RailStage[] {
  const { method } = room
  if (!method) return []
  const cards = cardsByColumn(room)
  return method.stages.map((stage) => {
    const steps = stage.steps
      .filter(({ audience }) => audience === 'all' || room.may('board.coaches'))
      .flatMap((step) => railStep(room, method, stage, step, cards))
    return { stage, steps, state: stateOf(steps) }
  })
}

/** Some places are no step's own; they belong where another one is. */
const BESIDE: Record<string, string> = { ideas: 'votes', process_map: 'process_map' }

/** The stage a place belongs to; else the first under way, else the first. */
export function openStage(stages: readonly RailStage[], view: string): RailStage | undefined {
  const beside = BESIDE[view.split('/')[0]!]
  return (
    stages.find(({ steps }) => steps.some(({ place }) => place === view)) ||
    stages.find(({ steps }) => steps.some(({ place }) => place.split('/')[0] === view)) ||
    (beside && stages.find(({ steps }) => steps.some(({ step }) => step.opens === beside))) ||
    stages.find(({ state }) => state === 'doing') ||
    stages.find(({ state }) => state === 'not_started') ||
    stages[0]
  )
}

/** Where a stage leads: to its first step that is not done. */
export function entrance({ steps }: RailStage): string | undefined {
  return (steps.find(({ state }) => state !== 'done') ?? steps[0])?.place
}

function railStep(
  room: Room,
  method: Method,
  stage: Stage,
  step: MethodStep,
  cards: Record<string, number>,
): RailStep[] {
  const row = room.all('step').find((row) => row.stage === stage.key && row.key === step.key)
  if (!row) return []
  const index = method.lenses.findIndex(({ key }) => step.opens === `board:${key}`)
  const lens = method.lenses[index]
  return [
    {
      id: row.id,
      step,
      state: row.state,
      place: placeOf(step.opens, row.id),
      lens: lens ? { lens, index, cards: cards[lens.key] ?? 0 } : null,
    },
  ]
}

function cardsByColumn(room: Room): Record<string, number> {
  const lensBoard = room.all('board').find(({ step_key }) => step_key === null)
  const counts: Record<string, number> = {}
  for (const { board_id, column } of room.all('card')) {
    if (board_id === lensBoard?.id) counts[column] = (counts[column] ?? 0) + 1
  }
  return counts
}

function stateOf(steps: readonly RailStep[]): StepState {
  if (steps.length > 0 && steps.every(({ state }) => state === 'done')) return 'done'
  return steps.some(({ state }) => state !== 'not_started') ? 'doing' : 'not_started'
}
