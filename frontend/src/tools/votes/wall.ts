/** A ballot on a wall. */

export const WALL = { ballot: () => import('./WallBallot.svelte') }
