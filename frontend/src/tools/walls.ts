/** How each tool looks on a wall: a file `wall.ts` beside its `tool.ts`. They come only to walls. */

import { Views } from './views.svelte'

type WallViews = Record<string, () => Promise<{ default: unknown }>>

const found = import.meta.glob<WallViews>('./*/wall.ts', { eager: true, import: 'WALL' })

export const WALLS = new Views(Object.entries(found).map(([name, views]) => ({ name, views })))
