/** Meetings on paper. */

/** A list stands upright. */
export const WIDE = false

export const SHEET = {
  actions: () => import('./close/SheetActions.svelte'),
  decisions: () => import('./close/SheetDecisions.svelte'),
  parked: () => import('./close/SheetParked.svelte'),
  record: () => import('./close/SheetRecord.svelte'),
  agenda: () => import('./plan/SheetAgenda.svelte'),
}
