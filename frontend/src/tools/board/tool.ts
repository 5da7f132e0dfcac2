/** The board: cards on lenses or columns, and themes drawn from them. */

import type { Tool } from '../tool'
import BoardView from './BoardView.svelte'
import { predict } from './predict'
import StepView from './StepView.svelte'
import ThemesView from './ThemesView.svelte'

export const TOOL: Tool = {
  name: 'board',
  predict,
  views: { board: BoardView, themes: ThemesView, step: StepView },
}
