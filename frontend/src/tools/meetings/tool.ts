/** Meetings: the hour that is on, its agenda, who does what in it, and what it promises for next time. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'meetings',
  views: {
    actions: () => import('./close/ActionsView.svelte'),
  },
  bar: () => import('./hour/HourBar.svelte'),
  now: [() => import('./hour/NowOn.svelte'), () => import('./people/NowTop.svelte')],
  people: [() => import('./people/PeopleTop.svelte')],
}
