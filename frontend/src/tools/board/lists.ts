/** Lists of cards side by side, as a wall shows them and paper carries them. */

import type { Card, Theme } from '../../wire/types'
import { t } from '../../wire/words'
import { inTheme } from './cards'
import type { BoardColumn } from './columns'

export interface CardList {
  key: string
  title: string
  question?: string
  lens: BoardColumn['lens']
  isChosen?: boolean
  cards: readonly Card[]
}

/** A list a theme, and what is in none behind them. */
export function listsOfThemes(themes: readonly Theme[], cards: readonly Card[]): CardList[] {
  const loose = inTheme(cards, null)
  return [
    ...themes.map(({ id, title, chosen_at }) => ({
      key: id,
      title: title ?? t('board.theme_taken_out'),
      lens: null,
      isChosen: chosen_at !== null,
      cards: inTheme(cards, id),
    })),
    ...(loose.length ? [{ key: 'none', title: t('board.no_theme'), lens: null, cards: loose }] : []),
  ]
}
