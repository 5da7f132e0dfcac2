/** What "can we live with it?" is about, in words and as a place. */

import type { Room } from '../../../room/room.svelte'
import { t } from '../../../wire/words'
import { sentence, slotsOf } from '../../roadmap/aim'
import { type Consent, proposed, standing } from './rules'

type Reading = Pick<Room, 'all' | 'get'>

export function aboutWhat(
  room: Reading,
  { target, target_id }: Pick<Consent, 'target' | 'target_id'>,
): string {
  if (target === 'rules') {
    const rules = room.all('ground_rule')
    const coming = proposed(rules)
    return (coming.length ? coming : standing(rules)).map(({ text }) => `· ${text ?? ''}`).join('\n')
  }
  if (target === 'aim') {
    const aim = room.get('aim', target_id)
    return aim ? sentence(slotsOf(aim), aim.kind) : t('meetings.consent.none')
  }
  return room.get('decision', target_id)?.text ?? t('meetings.consent.none')
}

export function placeOfTarget(
  room: Reading,
  { target, target_id }: Pick<Consent, 'target' | 'target_id'>,
): string {
  if (target === 'rules') return 'rules'
  if (target === 'aim') return `aim/${room.get('aim', target_id)?.kind ?? 'global'}`
  return 'decisions'
}
