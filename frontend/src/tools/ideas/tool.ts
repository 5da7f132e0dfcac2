/** Change ideas: what the team could try, and what became of it. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'ideas',
  views: { ideas: () => import('./IdeasView.svelte') },
  card: [() => import('./IdeaFromCard.svelte')],
  below: { step: () => import('./IdeasBelow.svelte') },
  lines: [() => import('./AskedLine.svelte')],
}
