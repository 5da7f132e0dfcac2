/** The roadmap and the aims on a wall. */

export const WALL = {
  roadmap: () => import('./WallRoadmap.svelte'),
  aim: () => import('./WallAim.svelte'),
}
