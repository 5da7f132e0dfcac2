/** Before the first letter: how what I write in silence will appear to the others. */

import type { Room } from '../../room/room.svelte'
import type { Capture } from '../../wire/types'
import { t } from '../../wire/words'

export function appearsWords(
  { me, method }: Pick<Room, 'me' | 'method'>,
  mode: Capture['mode'],
  of: 'board' | 'ideas',
): string {
  if (mode === 'named') return t(`${of}.appears_named`, { name: me?.name ?? '' })
  if (mode === 'unsigned') return t(`${of}.appears_unsigned`)
  const voice = method?.voices.find(({ key }) => key === me?.voice)?.title
  return voice ? t(`${of}.appears_voice`, { voice }) : t(`${of}.appears_no_voice`)
}
