/** What to do first under a lens that is still empty; the lens's own question where we have no better words. */

import { t } from '../../wire/words'
import type { BoardColumn } from './columns'

export function teaching({ key, question }: BoardColumn): string {
  return words(`board.teach.${key}`) ?? question
}

export function beginWith({ key }: BoardColumn): string {
  return words(`board.begin.${key}`) ?? t('board.add_a_card')
}

function words(code: string): string | undefined {
  const said = t(code)
  return said === code ? undefined : said
}
