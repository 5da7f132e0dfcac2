/** What the controls ask before they do it. */

import type { Load } from '../../tool'

export type Asked = 'time' | 'end' | 'stop'

export const DIALOGS: Record<Asked, Load> = {
  time: () => import('./MoreTime.svelte'),
  end: () => import('./EndHour.svelte'),
  stop: () => import('./StopHour.svelte'),
}
