/** What a coach is told before closing: hints, never walls; from how many have finished, never from votes. */

import type { Rows } from '../../wire/types'
import { t } from '../../wire/words'

/** Fewer than these finished: a little longer? */
const ENOUGH = 60

export function beforeClosing({ finished, of, patients_waiting }: Rows['turnout']): string[] {
  if (of === 0) return [t('votes.hint_nobody')]
  const percent = Math.round((finished / of) * 100)
  const isFew = finished * 100 < of * ENOUGH
  const said = t(isFew ? 'votes.hint_few' : 'votes.hint_share', { finished, of, percent })
  if (patients_waiting) return [said, t('votes.hint_patients')]
  return isFew ? [said] : [said, t('votes.hint_close')]
}
