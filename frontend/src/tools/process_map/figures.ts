/** What the totals say: one sentence, the strip to scale, and hints that lead to the step they are about. */

import type { Id, MapStep, MapTotals } from '../../wire/types'
import { t } from '../../wire/words'
import { numberIn, percent, type Unit, wordsIn } from './times'

export type Use = 'wait' | 'adding' | 'necessary' | 'not_adding' | 'unsaid'

/** A part of the patient's time, to scale. */
export interface Segment {
  step: MapStep
  use: Use
  minutes: number
}

/** "Of 128 minutes, the patient waits for 95." and what is care that helps. Undefined while nothing is known. */
export function sentence(
  totals: MapTotals | undefined,
  unit: Unit,
): { waits: string; helps: string } | undefined {
  const { lead, wait, adding, adding_percent } = totals ?? {}
  if (!lead || wait === null || wait === undefined) return undefined
  const code = totals?.partial ? 'process_map.so_far_waits' : 'process_map.waits'
  const helps = { adding: numberIn(adding ?? 0, unit), percent: percent(adding_percent ?? 0) }
  return {
    waits: t(code, {
      lead: t(`process_map.of_${unit}`, { n: numberIn(lead, unit) }),
      wait: numberIn(wait, unit),
    }),
    helps: adding ? t('process_map.helps', helps) : t('process_map.helps_unsaid'),
  }
}

export function segmentsOf(totals: MapTotals, steps: readonly MapStep[]): Segment[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  return totals.path.flatMap(({ step_id, share, wait, process }) => {
    const step = byId.get(step_id)
    if (!step) return []
    const waits: Segment = { step, use: 'wait', minutes: share * (wait ?? 0) }
    const works: Segment = { step, use: step.value ?? 'unsaid', minutes: share * (process ?? 0) }
    return [waits, works].filter(({ minutes }) => minutes > 0)
  })
}

/** For ears: "Triage and screen 5 min, Wait for bed space, waiting, 20 min, …". */
export function spokenStrip(
  segments: readonly Segment[],
  unit: Unit,
  wordsOf: (step: MapStep) => string,
): string {
  const parts = segments.map(({ step, use, minutes }) =>
    t(use === 'wait' ? 'process_map.strip_wait' : 'process_map.strip_work', {
      step: wordsOf(step),
      time: wordsIn(minutes, unit),
    }),
  )
  return parts.join(', ')
}

export interface Hint {
  code: string
  words: string
  /** The steps that it leads to. */
  ids: readonly Id[]
}

export function hintsOf(totals: MapTotals | undefined): Hint[] {
  return (totals?.hints ?? []).map(({ code, ids = [] }) => ({
    code,
    words: t(`process_map.hint_${code}`, { count: ids.length }),
    ids,
  }))
}
