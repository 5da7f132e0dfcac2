/** What the board's commands will probably do. */

import { added, born, changed, clean, type Predictions, rows } from '../../wire/predict'
import { between } from '../../wire/rank'
import { captureOver, counted, isNameless, withoutName } from './silence'
import type { Card, CardText, Command, Id, RowLists, Tables } from '../../wire/types'

export const predict: Predictions = {
  'board.add_card'(tables, { card_id, board_id, column, text, kind = null, ...said }, { me, now }) {
    const board = tables.board?.get(board_id)
    if (!board) return undefined
    const capture = captureOver(tables, board_id, column)
    if (capture && capture.mode !== 'named' && isHeld(tables, me)) return undefined
    if (said.capture_id && said.capture_id !== capture?.id) return undefined
    const card = {
      ...born(card_id, now),
      board_id,
      audience: board.audience,
      column,
      text: clean(text),
      rank: lastRank(tables.card, board_id),
      rev: 0,
      kind,
      confidence: null,
      author_id: me,
      corrected_by: null,
      original: null,
      theme_id: null,
      evidence: [],
      hidden: false,
      held: isHeld(tables, me),
      capture_id: null,
      ...spokenFor(tables, said.proxy_for ?? null, me, said.from_patient ?? null),
    }
    const written = withoutName(capture, card, said.from_patient ?? false)
    const put = added(tables, 'card', written)
    return put && { ...put, ...counted(tables, written) }
  },

  'board.edit_card'(tables, { card_id, text, base_rev }, { id, me, now }) {
    const card = tables.card?.get(card_id)
    const words = clean(text)
    if (!card || card.removed_at || card.redacted_at || card.text === words) return undefined
    if (base_rev === card.rev) return changed(tables, 'card', card_id, worded(card, words, me))
    return keptUnder(tables, card, {
      ...born(id, now),
      card_id,
      text: words,
      by: isNameless(card) ? null : me,
      base_rev,
    })
  },

  'board.settle_text'(tables, { card_id, text_id }, { now }) {
    const chosen = text_id === null ? null : tables.card_text?.get(text_id)
    const card = tables.card?.get(card_id)
    if (!card || chosen === undefined) return undefined
    const settled = changed(tables, 'card', card_id, chosen ? worded(card, chosen.text, chosen.by) : {})
    const gone = keptTexts(tables, card_id).map((text) => ({ ...text, removed_at: text.removed_at ?? now }))
    return settled && { ...settled, card_text: gone }
  },

  'board.set_card'(tables, command) {
    const card = tables.card?.get(command.card_id)
    if (!card) return undefined
    const { kind = card.kind, confidence = card.confidence, evidence } = command
    const about = { kind, confidence, evidence: evidence === undefined ? card.evidence : (evidence ?? []) }
    return changed(tables, 'card', card.id, { ...about, ...whose(tables, card, command) })
  },

  'board.move_card'(tables, { card_id, column, theme_id, after }) {
    const card = tables.card?.get(card_id)
    if (!card) return undefined
    return changed(tables, 'card', card_id, {
      column: column ?? card.column,
      theme_id: theme_id === undefined ? card.theme_id : theme_id,
      rank: after === undefined ? card.rank : rankAfter(tables, card, after),
    })
  },

  'board.remove_card'(tables, { card_id }, { now }) {
    const put = changed(tables, 'card', card_id, { removed_at: now })
    return put && { ...put, ...counted(tables, put.card![0]!) }
  },

  'board.restore_card'(tables, { card_id }) {
    const card = tables.card?.get(card_id)
    const restored = card && { ...card, removed_at: null }
    return restored && { ...rows('card', restored), ...counted(tables, restored) }
  },

  'board.start_capture'(tables, { capture_id, board_id, column, mode }, { now }) {
    const state = 'writing' as const
    const fields = { board_id, column, mode, state, written: 0, asking: 0 }
    return added(tables, 'capture', { ...born(capture_id, now), ...fields })
  },

  'board.add_theme'(tables, { theme_id, board_id, title }, { now }) {
    const rank = lastRank(tables.theme, board_id)
    const notChosen = { chosen_at: null, reason: null }
    return added(tables, 'theme', {
      ...born(theme_id, now),
      board_id,
      title: clean(title),
      rank,
      ...notChosen,
    })
  },

  'board.rename_theme'(tables, { theme_id, title }) {
    return changed(tables, 'theme', theme_id, { title: clean(title), redacted_at: null })
  },

  /** The one chosen before keeps its reason. */
  'board.choose_theme'(tables, { theme_id, reason }, { now }) {
    const theme = tables.theme?.get(theme_id)
    if (!theme || theme.redacted_at) return undefined
    const chosen_at = theme.chosen_at ?? now
    const chosen = changed(tables, 'theme', theme_id, { chosen_at, reason: clean(reason) })
    const earlier = onBoard(tables.theme, theme.board_id).filter(
      (other) => other.chosen_at && other !== theme,
    )
    return chosen && { theme: [...chosen.theme!, ...earlier.map((other) => ({ ...other, chosen_at: null }))] }
  },
}

interface Ranked {
  id: Id
  board_id: Id
  rank: string
}

/** Removed ones too: their places are kept for when they come back. */
function onBoard<R extends Ranked>(table: ReadonlyMap<Id, R> | undefined, boardId: Id): R[] {
  return [...(table?.values() ?? [])].filter(({ board_id }) => board_id === boardId)
}

function lastRank(table: ReadonlyMap<Id, Ranked> | undefined, boardId: Id): string {
  const ranks = onBoard(table, boardId).map(({ rank }) => rank)
  return between(
    ranks.reduce<string | null>((last, rank) => (last === null || rank > last ? rank : last), null),
    null,
  )
}

/** Directly behind that card among all of the board, or first; the present rank where that is so already. */
function rankAfter(tables: Tables, card: Card, after: Id | null): string {
  const low = after === null ? null : tables.card?.get(after)?.rank
  if (after === card.id || low === undefined) return card.rank
  const others = onBoard(tables.card, card.board_id).filter(({ id }) => id !== card.id)
  const behind = others.map(({ rank }) => rank).filter((rank) => low === null || rank > low)
  const high = behind.reduce<string | null>(
    (next, rank) => (next === null || rank < next ? rank : next),
    null,
  )
  const stands = (low === null || low < card.rank) && (high === null || card.rank < high)
  return stands ? card.rank : between(low, high)
}

/** Words of somebody else are marked as a correction, and the first ones kept. */
function worded(card: Card, text: string | null, by: Id | null): Partial<Card> {
  if (text === card.text) return {}
  const isOwn = isNameless(card) || by === card.author_id || by === card.proxy_for
  const mark = isOwn ? null : { corrected_by: by, original: card.original ?? card.text }
  return { text, rev: card.rev + 1, corrected_by: null, original: null, ...mark }
}

function keptTexts(tables: Tables, cardId: Id): CardText[] {
  return [...(tables.card_text?.values() ?? [])].filter(({ card_id }) => card_id === cardId)
}

/** Somebody else's words stand; mine wait under them, unless the server has already put them there. */
function keptUnder(tables: Tables, card: Card, mine: CardText): RowLists | undefined {
  const isThere = keptTexts(tables, card.id).some(({ text, by }) => text === mine.text && by === mine.by)
  return isThere ? undefined : { card: [card], card_text: [mine] }
}

function spokenFor(tables: Tables, proxy: Id | null, author: Id | null, fromPatient: boolean | null) {
  const proxy_for = proxy === author ? null : proxy
  const voice = tables.member?.get(proxy_for ?? author ?? '')?.voice ?? null
  return { proxy_for, voice, from_patient: fromPatient ?? isOfPatients(voice) }
}

type SetCard = Extract<Command, { type: 'board.set_card' }>

function whose(tables: Tables, card: Card, { proxy_for, from_patient }: SetCard): Partial<Card> {
  if (proxy_for === undefined || proxy_for === card.proxy_for) {
    return from_patient === undefined ? {} : { from_patient: from_patient ?? isOfPatients(card.voice) }
  }
  return spokenFor(tables, proxy_for, card.author_id, from_patient ?? null)
}

function isOfPatients(voice: string | null): boolean {
  return voice === 'patient' || voice === 'carer'
}

/** What a held member writes waits for a coach; of coaches nothing does. */
function isHeld(tables: Tables, me: Id): boolean {
  const hold = tables.hold?.get(me)
  return hold !== undefined && hold.removed_at === null && tables.member?.get(me)?.part !== 'coach'
}
