/** A ballot on paper. */

/** Bars need no more than an upright page. */
export const WIDE = false

export const SHEET = { ballot: () => import('./SheetBallot.svelte') }
