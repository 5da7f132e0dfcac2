/** What is sent to people so that they come: one text for everything they may ask before the first hour. */

import { CHECK, PRACTISE } from '../pages/routes'
import type { Part } from '../wire/types'
import { t } from '../wire/words'
import { inGroups } from './wall/code.svelte'

export interface Invitation {
  room: string
  part: Part
  url: string
  /** Where the server is: scheme and host. */
  origin: string
  /** The short code, while one is shown. */
  code: string | null
}

export function invitationText({ room, part, url, origin, code }: Invitation): string {
  if (part === 'coach' || part === 'wall') return t(`rooms.invitation_${part}`, { room, url })
  const address = addressOf(origin)
  return [
    t('rooms.invitation', { room, url }),
    code
      ? t('rooms.invitation_code_now', { address, code: inGroups(code) })
      : t('rooms.invitation_code', { address }),
    t('rooms.invitation_check', { url: origin + CHECK }),
    t('rooms.invitation_practise', { url: origin + PRACTISE }),
    t('rooms.invitation_beside'),
  ].join('\n\n')
}

/** As people type it: the scheme is the browser's business. */
export function addressOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}
