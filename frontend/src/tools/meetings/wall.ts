/** The hour on a wall. */

export const WALL = {}

export const FOOT = () => import('./hour/WallHour.svelte')

export const WELCOME = [() => import('./hour/WallNext.svelte')]
