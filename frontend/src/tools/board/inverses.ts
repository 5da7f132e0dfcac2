/** What takes a command of the board back. */

import type { Inverse, Inverses } from '../../wire/inverse'
import { compare } from '../../wire/rank'
import type { Card, Command, Id, Tables } from '../../wire/types'

export const inverses: Inverses = {
  'board.add_card': (_, { card_id }) => ofCard(card_id, { type: 'board.remove_card', card_id }),

  'board.remove_card': (_, { card_id }) => ofCard(card_id, { type: 'board.restore_card', card_id }),

  'board.restore_card': (_, { card_id }) => ofCard(card_id, { type: 'board.remove_card', card_id }),

  'board.edit_card'(before, { card_id }, after) {
    const text = before.card?.get(card_id)?.text
    const base_rev = after.card?.get(card_id)?.rev
    if (!text || base_rev === undefined) return undefined
    return ofCard(card_id, { type: 'board.edit_card', card_id, text, base_rev })
  },

  'board.set_card'(before, command) {
    const card = before.card?.get(command.card_id)
    if (!card) return undefined
    const { kind, confidence, from_patient, proxy_for, evidence } = card
    const was = { kind, confidence, from_patient, proxy_for, evidence: [...evidence] }
    const said = Object.entries(was).filter(([field]) => field in command)
    return ofCard(card.id, { type: 'board.set_card', card_id: card.id, ...Object.fromEntries(said) })
  },

  'board.move_card'(before, command) {
    const card = before.card?.get(command.card_id)
    if (!card) return undefined
    return ofCard(card.id, {
      type: 'board.move_card',
      card_id: card.id,
      ...(command.column !== undefined && { column: card.column }),
      ...(command.theme_id !== undefined && { theme_id: card.theme_id }),
      ...(command.after !== undefined && { after: cardBefore(before, card) }),
    })
  },

  'board.rename_theme'(before, { theme_id }) {
    const title = before.theme?.get(theme_id)?.title
    if (!title) return undefined
    return { command: { type: 'board.rename_theme', theme_id, title }, kind: 'theme', id: theme_id }
  },
}

function ofCard(id: Id, command: Command): Inverse {
  return { command, kind: 'card', id }
}

/** Among all of its board, as `after` counts. */
function cardBefore(tables: Tables, card: Card): Id | null {
  const ahead = [...tables.card!.values()]
    .filter(({ board_id, rank }) => board_id === card.board_id && compare(rank, card.rank) < 0)
    .sort((a, b) => compare(a.rank, b.rank))
  return ahead.at(-1)?.id ?? null
}
