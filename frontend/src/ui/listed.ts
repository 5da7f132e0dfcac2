/** Several things in one breath: "fewer deaths, shorter stays and families who know". */

import { t } from '../wire/words'

export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ''
  return t('rooms.and', { some: items.slice(0, -1).join(', '), last: items.at(-1) })
}
