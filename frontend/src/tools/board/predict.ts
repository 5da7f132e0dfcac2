/** What the board's commands will probably do. */

import { added, born, changed, clean, type Predictions, rows, said } from '../../wire/predict'
import { between, byRank } from '../../wire/rank'
import type { Card, CardText, Id, RowLists, Tables } from '../../wire/types'

export const predict: Predictions = {
  'board.add_card'(tables, command, { me, now }) {
    const { card_id, board_id, column, text, kind = null, from_patient, proxy_for = null } = command
    const board = tables.board?.get(board_id)
    return (
      board &&
      added(tables, 'card', {
        ...born(card_id, now),
        board_id,
        audience: board.audience,
        column,
        text: clean(text),
        rank: lastRank(cardsIn(tables, board_id, column)),
        rev: 0,
        kind,
        confidence: null,
        author_id: me,
        proxy_for,
        voice: tables.member?.get(proxy_for ?? me)?.voice ?? null,
        corrected_by: null,
        original: null,
        from_patient: from_patient ?? false,
        theme_id: null,
        evidence: [],
        hidden: false,
      })
    )
  },

  'board.edit_card'(tables, { card_id, text, base_rev }, { id, me, now }) {
    const card = tables.card?.get(card_id)
    const words = clean(text)
    if (!card || card.text === words) return undefined
    if (card.rev === base_rev) return changed(tables, 'card', card_id, { text: words, rev: card.rev + 1 })
    return tooLate(tables, card, { ...born(id, now), card_id, text: words, by: me, base_rev })
  },

  'board.settle_text'(tables, { card_id, text_id }, { now }) {
    const card = tables.card?.get(card_id)
    const chosen = text_id === null ? undefined : tables.card_text?.get(text_id)
    if (!card || (text_id !== null && !chosen)) return undefined
    const settled = chosen ? { ...card, text: chosen.text, rev: card.rev + 1 } : card
    const texts = textsOf(tables, card_id).map((text) => ({ ...text, removed_at: now }))
    return { card: [settled], card_text: texts }
  },

  'board.set_card'(tables, { card_id, ...command }) {
    const told = said(command, 'kind', 'confidence', 'from_patient', 'proxy_for', 'evidence')
    return changed(tables, 'card', card_id, told)
  },

  'board.move_card'(tables, { card_id, column, theme_id, after }) {
    const card = tables.card?.get(card_id)
    if (!card) return undefined
    const to = column ?? card.column
    const others = cardsIn(tables, card.board_id, to).filter(({ id }) => id !== card_id)
    return changed(tables, 'card', card_id, {
      column: to,
      theme_id: theme_id === undefined ? card.theme_id : theme_id,
      rank: rankAfter(others, after, to === card.column ? card.rank : lastRank(others)),
    })
  },

  'board.remove_card'(tables, { card_id }, { now }) {
    return changed(tables, 'card', card_id, { removed_at: now })
  },

  'board.restore_card'(tables, { card_id }) {
    const card = tables.card?.get(card_id)
    return card && rows('card', { ...card, removed_at: null })
  },

  'board.add_theme'(tables, { theme_id, board_id, title }, { now }) {
    const others = [...(tables.theme?.values() ?? [])].filter((theme) => theme.board_id === board_id)
    const rank = lastRank(others.sort(byRank))
    const nothing = { chosen_at: null, reason: null }
    return added(tables, 'theme', { ...born(theme_id, now), board_id, title: clean(title), rank, ...nothing })
  },

  'board.rename_theme'(tables, { theme_id, title }) {
    return changed(tables, 'theme', theme_id, { title: clean(title) })
  },

  'board.choose_theme'(tables, { theme_id, reason }, { now }) {
    const theme = changed(tables, 'theme', theme_id, { chosen_at: now, reason: clean(reason) })
    const before = [...(tables.theme?.values() ?? [])].filter(
      ({ id, chosen_at }) => chosen_at !== null && id !== theme_id,
    )
    return theme && { theme: [...theme.theme!, ...before.map((other) => ({ ...other, chosen_at: null }))] }
  },
}

function cardsIn(tables: Tables, boardId: Id, column: string): Card[] {
  const all = [...(tables.card?.values() ?? [])]
  return all.filter((card) => card.board_id === boardId && card.column === column).sort(byRank)
}

function textsOf(tables: Tables, cardId: Id): CardText[] {
  return [...(tables.card_text?.values() ?? [])].filter(({ card_id }) => card_id === cardId)
}

/** The words of somebody else stand; mine are kept under them, unless the server has already kept them. */
function tooLate(tables: Tables, card: Card, mine: CardText): RowLists | undefined {
  const kept = textsOf(tables, card.id).some(({ text, by }) => text === mine.text && by === mine.by)
  return kept ? undefined : { card: [card], card_text: [mine] }
}

function lastRank(sorted: { rank: string }[]): string {
  return between(sorted.at(-1)?.rank ?? null, null)
}

/** `after` null = first, absent = where it was. */
function rankAfter(sorted: Card[], after: Id | null | undefined, otherwise: string): string {
  if (after === undefined) return otherwise
  const place = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1
  if (after !== null && place === 0) return otherwise
  return between(sorted[place - 1]?.rank ?? null, sorted[place]?.rank ?? null)
}
