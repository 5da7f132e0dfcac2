/** A picture in words, for who cannot see it. */

import { t } from '../../wire/words'
import { sentence } from './figures'
import { type Drawn, titleOf, wordsOf } from './map'
import type { Said } from './svg'
import { timeWords } from './times'

export function saidOf({ map, steps, totals }: Drawn): Said {
  const title = titleOf(map)
  const said = sentence(totals, map.unit)
  const listed = steps.map((step) => {
    const time = step.kind === 'wait' ? step.wait : step.process
    return time ? `${wordsOf(step)}, ${timeWords(time)}` : wordsOf(step)
  })
  return {
    title,
    description: [
      t('process_map.picture_says', { map: title, count: steps.length }),
      ...(said ? [said.waits] : []),
      listed.join('; '),
    ].join(' '),
  }
}
