/** The form for a piece of evidence: what it needs, and how it becomes one. */

import { lengthOf } from '../../ui/text'
import type { Evidence } from '../../wire/types'
import { LIMITS } from '../../wire/wire.gen'

export interface EvidenceDraft {
  text: string
  source: string
  date: string
  url: string
}

const URL_LIMIT = 500

export function emptyEvidence(): EvidenceDraft {
  return { text: '', source: '', date: '', url: '' }
}

/** What an earlier visit of this tab had not finished. */
export function readDraft(kept: string): EvidenceDraft {
  try {
    return { ...emptyEvidence(), ...(JSON.parse(kept) as Partial<EvidenceDraft>) }
  } catch {
    return emptyEvidence()
  }
}

/** What is wrong or missing, by field, as codes of the catalogue. */
export function evidenceErrors({ text, source, date, url }: EvidenceDraft): Partial<EvidenceDraft> {
  const errors: Partial<EvidenceDraft> = {}
  const length = lengthOf(text)
  if (length === 0) errors.text = 'board.evidence_needs_text'
  if (length > LIMITS.note) errors.text = 'board.evidence_too_long'
  if (lengthOf(source) === 0) errors.source = 'board.evidence_needs_source'
  if (lengthOf(source) > LIMITS.title) errors.source = 'board.evidence_too_long'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) errors.date = 'board.evidence_needs_date'
  if (url.trim() && !isLink(url.trim())) errors.url = 'board.evidence_bad_link'
  return errors
}

export function toEvidence({ text, source, date, url }: EvidenceDraft): Evidence {
  return { text: text.trim(), source: source.trim(), date, url: url.trim() || null }
}

function isLink(url: string): boolean {
  return /^https?:\/\/\S+$/.test(url) && url.length <= URL_LIMIT
}
