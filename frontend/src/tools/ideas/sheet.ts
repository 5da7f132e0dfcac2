/** Change ideas on paper. */

/** A list stands upright. */
export const WIDE = false

export const SHEET = { ideas: () => import('./SheetIdeas.svelte') }
