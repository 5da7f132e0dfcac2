/** Meetings: the coached hour, its agenda, and what it promises for next time. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'meetings',
  views: {
    actions: () => import('./close/ActionsView.svelte'),
  },
}
