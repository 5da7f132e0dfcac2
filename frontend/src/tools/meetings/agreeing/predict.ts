/** What scoring and agreeing will probably do. */

import { added, born, changed, clean, type Predictions, rows } from '../../../wire/predict'
import { between } from '../../../wire/rank'
import type { Id, RowLists, Rows, Tables } from '../../../wire/types'
import type { MyScore } from './score'

export const agreeing: Predictions = {
  'meetings.open_score'(tables, { meeting_id }, { now }) {
    const before = tables.score?.get(meeting_id)
    if (!tables.meeting?.has(meeting_id) || (before && before.state !== 'void')) return undefined
    return rows('score', {
      ...born(meeting_id, now),
      state: 'open',
      given: 0,
      mean: null,
      distribution: [],
    })
  },

  'meetings.give_score'(tables, { meeting_id, score, keep, change, for_id }, { now }) {
    if (for_id || tables.score?.get(meeting_id)?.state !== 'open') return undefined
    const before = said(tables, meeting_id)
    const words = {
      keep: keep === undefined ? (before?.keep ?? null) : keep && clean(keep),
      change: change === undefined ? (before?.change ?? null) : change && clean(change),
    }
    return paper(tables, meeting_id, now, JSON.stringify({ score, ...words }))
  },

  'meetings.take_back_score'(tables, { meeting_id, for_id }, { now }) {
    if (for_id || !said(tables, meeting_id)) return undefined
    return paper(tables, meeting_id, now, '')
  },

  'meetings.propose_rule'(tables, { ground_rule_id, text, replaces }, { me, now }) {
    const ranks = [...(tables.ground_rule?.values() ?? [])].map(({ rank }) => rank).sort()
    return added(tables, 'ground_rule', {
      ...born(ground_rule_id, now),
      text: clean(text),
      rank: between(ranks.at(-1) ?? null, null),
      state: 'proposed',
      by: me,
      replaces: replaces ?? null,
      since: null,
      until: null,
      read_at: null,
    })
  },

  'meetings.edit_rule'(tables, { ground_rule_id, text }) {
    return changed(tables, 'ground_rule', ground_rule_id, { text: clean(text), redacted_at: null })
  },

  'meetings.withdraw_rule'(tables, { ground_rule_id }, { now }) {
    return changed(tables, 'ground_rule', ground_rule_id, { removed_at: now })
  },

  'meetings.set_rule_going'(tables, { ground_rule_id, is_going }) {
    return changed(tables, 'ground_rule', ground_rule_id, { state: is_going ? 'going' : 'agreed' })
  },

  'meetings.read_out_rule'(tables, { ground_rule_id }, { now }) {
    return ground_rule_id ? changed(tables, 'ground_rule', ground_rule_id, { read_at: now }) : undefined
  },

  /** Only an answer that stands already can be changed at once: what a new one is called the server decides. */
  'meetings.answer_consent'(tables, { consent_id, says, text, for_id }, { me }) {
    if (for_id || tables.consent?.get(consent_id)?.state !== 'writing') return undefined
    const before = [...(tables.stance?.values() ?? [])].find(
      (stance) => stance.capture_id === consent_id && stance.member_id === me,
    )
    const said = { says, text: text ? clean(text) : null }
    return before && changed(tables, 'stance', before.id, said)
  },

  'meetings.add_term'(tables, { term_id, word, meaning, question_id }, { now }) {
    if (isThere(tables, word, term_id)) return undefined
    const made = {
      ...born(term_id, now),
      word: clean(word),
      meaning: clean(meaning),
      times: question_id ? 1 : 0,
    }
    return added(tables, 'term', made)
  },

  'meetings.set_term'(tables, { term_id, word, meaning }) {
    const said = { ...(word && { word: clean(word) }), ...(meaning && { meaning: clean(meaning) }) }
    return changed(tables, 'term', term_id, { ...said, redacted_at: null })
  },

  'meetings.remove_term'(tables, { term_id }, { now }) {
    return changed(tables, 'term', term_id, { removed_at: now })
  },

  'meetings.restore_term'(tables, { term_id }): RowLists | undefined {
    const term = tables.term?.get(term_id)
    return term && rows('term', { ...term, removed_at: null })
  },
}

function isThere(tables: Tables, word: string, but: Id): boolean {
  const same = clean(word).toLowerCase()
  return [...(tables.term?.values() ?? [])].some(
    (term) => term.id !== but && !term.removed_at && term.word?.toLowerCase() === same,
  )
}

function said(tables: Tables, id: string): MyScore | undefined {
  const body = tables.paper?.get(id)?.body
  return body ? (JSON.parse(body) as MyScore) : undefined
}

/** My paper in a box is called as the box is. */
function paper(tables: Tables, id: string, now: string, body: string) {
  const before: Rows['paper'] | undefined = tables.paper?.get(id)
  return before
    ? changed(tables, 'paper', id, { body })
    : rows('paper', { ...born(id, now), box_id: id, body })
}
