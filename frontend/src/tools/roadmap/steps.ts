/** Steps of this room, found by what they open. */

import type { MethodStep } from '../../room/method'
import type { Room } from '../../room/room.svelte'
import type { Step } from '../../wire/types'

export interface StepHere {
  step: MethodStep
  row: Step
}

/** For use inside `$derived`: the steps that open this place of a tool, as the method orders them. */
export function stepsOpening(room: Room, opens: string): StepHere[] {
  return stepsWhere(room, (step) => step.opens === opens)
}

export function stepOf(room: Room, id: string): StepHere | undefined {
  return stepsWhere(room, (_, row) => row.id === id)[0]
}

function stepsWhere(room: Room, fits: (step: MethodStep, row: Step) => boolean): StepHere[] {
  const rows = room.all('step')
  const stages = room.method?.stages ?? []
  return stages.flatMap(({ key, steps }) =>
    steps.flatMap((step) => {
      const row = rows.find((row) => row.stage === key && row.key === step.key)
      return row && fits(step, row) ? [{ step, row }] : []
    }),
  )
}
