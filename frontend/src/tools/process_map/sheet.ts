/** The process map on paper. */

/** A pathway is long. */
export const WIDE = true

export const SHEET = {
  process_map: () => import('./SheetMap.svelte'),
}
