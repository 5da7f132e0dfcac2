/** The process map on a wall. */

export const WALL = {
  process_map: () => import('./WallMap.svelte'),
}
