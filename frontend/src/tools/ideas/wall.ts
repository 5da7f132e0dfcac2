/** Change ideas on a wall. */

export const WALL = { ideas: () => import('./WallIdeas.svelte') }
