/** What a step of a map may be, and what there is to say about it. */

import type { MapStep } from '../../wire/types'

export type StepKind = MapStep['kind']
export type Worth = NonNullable<MapStep['value']>

/** As they are offered: what is drawn most often comes first. */
export const KINDS: readonly StepKind[] = [
  'activity',
  'wait',
  'decision',
  'handover',
  'document',
  'cloud',
  'start',
  'end',
]

export const WORTHS: readonly Worth[] = ['adding', 'necessary', 'not_adding']

/** Something is done there that takes time; before it people may wait. */
export function takesWork(kind: StepKind): boolean {
  return kind !== 'start' && kind !== 'end' && kind !== 'wait'
}

/** So long may be what is answered at an arrow. */
export const LABEL = 40
