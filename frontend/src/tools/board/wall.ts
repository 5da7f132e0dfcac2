/** The board on a wall: by the same first words of a place as on everybody's screen. */

export const WALL = {
  board: () => import('./WallBoard.svelte'),
  themes: () => import('./WallThemes.svelte'),
  step: () => import('./WallStep.svelte'),
}
