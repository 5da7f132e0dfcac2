/** Who says what a card says, and how it came to the wall. */

import type { Method } from '../../room/method'
import { t } from '../../wire/words'
import type { Card, Id, Member } from '../../wire/types'
import { speaker } from './cards'

export interface Byline {
  name: string
  voice: string | undefined
  isFromPatients: boolean
  /** "by phone, written by Tom" */
  aside: string | undefined
}

/** A card, or anything else that people write and that may speak for somebody. */
type Said = Pick<Card, 'author_id' | 'proxy_for' | 'voice'>
type People = (id: Id) => Member | undefined

export function byline(card: Said, people: People, method: Method | undefined): Byline {
  const voice = method?.voices.find(({ key }) => key === card.voice)
  return {
    name: nameOf(speaker(card), people),
    voice: voice ? lowerFirst(voice.title) : undefined,
    isFromPatients: voice?.group === 'patients',
    aside: writtenBy(card, people),
  }
}

export function nameOf(id: Id | null, people: People): string {
  return (id !== null && people(id)?.name) || t('board.somebody')
}

function writtenBy({ proxy_for, author_id }: Said, people: People): string | undefined {
  if (proxy_for === null || proxy_for === author_id) return undefined
  const name = nameOf(author_id, people)
  return people(proxy_for)?.without_device ? t('board.by_phone', { name }) : t('board.written_by', { name })
}

/** "Carer or family" stands behind a name here: "Joe, carer or family". */
function lowerFirst(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1)
}
