/** Every tool there is: a folder with a `tool.ts` that exports `TOOL`. A new one needs no line here. */

import type { Room } from '../room/room.svelte'
import type { Load, Panel, Tab, Tool } from './tool'
import { Views } from './views.svelte'

const found = import.meta.glob<Tool>('./*/tool.ts', { eager: true, import: 'TOOL' })

export const TOOLS: readonly Tool[] = Object.values(found)

export const VIEWS = new Views(TOOLS)

/** What the tools put into the shell, place by place. */
export const BARS: readonly Load[] = TOOLS.flatMap(({ bar }) => bar ?? [])
export const PARTS = (place: 'arrival' | 'lines' | 'now' | 'people' | 'card'): readonly Load[] =>
  TOOLS.flatMap((tool) => tool[place] ?? [])
export const BELOW = (kind: string): readonly Load[] => TOOLS.flatMap(({ below }) => below?.[kind] ?? [])
export const PANELS: readonly [string, Panel][] = TOOLS.flatMap(({ panels }) => Object.entries(panels ?? {}))
export const TABS: readonly [string, Tab][] = TOOLS.flatMap(({ tabs }) => Object.entries(tabs ?? {}))

/** Where a tool wants whoever comes in now to begin. */
export function opensOn(room: Pick<Room, 'all' | 'now'>): string | undefined {
  return TOOLS.map((tool) => tool.opensOn?.(room)).find((place) => place !== undefined)
}
