/** The board on paper. */

/** Columns stand side by side. */
export const WIDE = true

export const SHEET = {
  board: () => import('./SheetBoard.svelte'),
  themes: () => import('./SheetThemes.svelte'),
  step: () => import('./SheetStep.svelte'),
}
