/** Meetings: the hour that is on, its agenda, who does what in it, and what it promises for next time. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'meetings',
  views: {
    actions: () => import('./close/ActionsView.svelte'),
    decisions: () => import('./close/DecisionsView.svelte'),
    parked: () => import('./close/ParkedView.svelte'),
    record: () => import('./close/RecordView.svelte'),
    agenda: () => import('./plan/AgendaView.svelte'),
  },
  bar: () => import('./hour/HourBar.svelte'),
  now: [() => import('./hour/NowOn.svelte'), () => import('./people/NowTop.svelte')],
  panels: {
    agenda: { title: 'meetings.plan.tab', load: () => import('./plan/AgendaPanel.svelte') },
    actions: { title: 'rooms.place_actions', load: () => import('./close/ActionsPanel.svelte') },
  },
  lines: [() => import('./people/OfferLine.svelte'), () => import('./people/TurnLine.svelte')],
  people: [() => import('./people/PeopleTop.svelte')],
  tabs: { agenda: { title: 'meetings.plan.tab', icon: 'list' } },
}
