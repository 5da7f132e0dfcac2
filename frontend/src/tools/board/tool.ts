/** The board: cards on lenses or columns, and themes drawn from them. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'board',
  views: {
    board: () => import('./BoardView.svelte'),
    themes: () => import('./ThemesView.svelte'),
    step: () => import('./StepView.svelte'),
  },
}
