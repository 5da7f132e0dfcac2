/** What the totals say: one sentence, the strip to scale, and hints that lead to the step they are about. */

import type { Id, MapStep, MapTime, MapTotals } from '../../wire/types'
import { t } from '../../wire/words'
import type { Drawn } from './map'
import { minutesOf, numberIn, percent, type Unit, wordsIn } from './times'

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
  if (!totals?.lead) return undefined
  const { wait, adding, adding_percent } = totals
  const lead = t(`process_map.of_${unit}`, { n: numberIn(totals.lead, unit) })
  const code = totals.partial ? 'process_map.so_far_waits' : 'process_map.waits'
  const helps = { adding: numberIn(adding ?? 0, unit), percent: percent(adding_percent ?? 0) }
  return {
    waits:
      wait === null ? t('process_map.waits_unsaid', { lead }) : t(code, { lead, wait: numberIn(wait, unit) }),
    helps: adding ? t('process_map.helps', helps) : t('process_map.helps_unsaid'),
  }
}

/** Each step as often as the server counts that they come to it, as long as is said of it. Nobody works during a wait. */
export function segmentsOf({ steps, path }: Pick<Drawn, 'steps' | 'path'>): Segment[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  return (path?.step_ids ?? []).flatMap((id, n) => {
    const step = byId.get(id)
    if (!step) return []
    const lasts = (time: MapTime | null) => (time ? path!.shares[n]! * minutesOf(time) : 0)
    const waits: Segment = { step, use: 'wait', minutes: lasts(step.wait) }
    const process = step.kind === 'wait' ? null : step.process
    const works: Segment = { step, use: step.value ?? 'unsaid', minutes: lasts(process) }
    return [waits, works].filter(({ minutes }) => minutes > 0)
  })
}

/** Whether a step cannot keep pace alone. The totals name the first few that do not. */
export function isSlow({ totals, path }: Pick<Drawn, 'totals' | 'path'>, step: MapStep): boolean {
  if (!totals?.slow_more || typeof totals.slow_from !== 'number')
    return totals?.slow.includes(step.id) ?? false
  const takes = step.kind !== 'wait' && step.process ? Math.round(minutesOf(step.process) * 100) / 100 : -1
  return takes >= totals.slow_from && (path?.step_ids.includes(step.id) ?? false)
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
  /** The first few of the steps that it leads to. */
  ids: readonly Id[]
  /** So many others. */
  more: number
}

export function hintsOf(totals: MapTotals | undefined): Hint[] {
  return (totals?.hints ?? []).map(({ code, ids = [], more = 0 }) => ({
    code,
    words: t(`process_map.hint_${code}`, { count: ids.length + more }),
    ids,
    more,
  }))
}
