/** The roadmap: stages and steps of the method, and the aim. */

import type { Tool } from '../tool'
import { predict } from './predict'

export const TOOL: Tool = {
  name: 'roadmap',
  predict,
  views: {
    roadmap: () => import('./Overview.svelte'),
    aim: () => import('./AimView.svelte'),
  },
}
