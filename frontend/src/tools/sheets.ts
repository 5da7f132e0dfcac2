/** How each tool looks on paper: a file `sheet.ts` beside its `tool.ts`, by the same first words of a place. */

import { Views } from './views.svelte'

type Sheets = Record<string, () => Promise<{ default: unknown }>>

const found = import.meta.glob<Sheets>('./*/sheet.ts', { eager: true, import: 'SHEET' })

const wide = import.meta.glob<boolean>('./*/sheet.ts', { eager: true, import: 'WIDE' })

export const SHEETS = new Views(Object.entries(found).map(([name, views]) => ({ name, views })))

/** Places whose sheets lie across the page. */
export const WIDE: ReadonlySet<string> = new Set(
  Object.entries(found).flatMap(([file, views]) => (wide[file] ? Object.keys(views) : [])),
)
