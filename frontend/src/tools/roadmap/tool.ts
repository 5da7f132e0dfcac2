/** The roadmap: stages and steps of the method, and the aim. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'roadmap',
  views: {
    roadmap: () => import('./Overview.svelte'),
    aim: () => import('./AimView.svelte'),
  },
}
