/** The roadmap and the aims on paper. */

/** Stages stand below each other. */
export const WIDE = false

export const SHEET = {
  roadmap: () => import('./SheetRoadmap.svelte'),
  aim: () => import('./SheetAim.svelte'),
}
