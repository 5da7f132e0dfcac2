/** Every tool there is: a folder with a `tool.ts` that exports `TOOL`. A new one needs no line here. */

import type { Tool } from './tool'
import { Views } from './views.svelte'

const found = import.meta.glob<Tool>('./*/tool.ts', { eager: true, import: 'TOOL' })

export const TOOLS: readonly Tool[] = Object.values(found)

export const VIEWS = new Views(TOOLS)
