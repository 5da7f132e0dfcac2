/** Meetings: the hour that is on, its agenda, who does what in it, and what it promises for next time. */

import type { Room } from '../../room/room.svelte'
import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'meetings',
  opensOn: (room) => (isSoon(room) ? 'agenda' : undefined),
  views: {
    actions: () => import('./close/ActionsView.svelte'),
    consent: () => import('./agreeing/ConsentView.svelte'),
    glossary: () => import('./agreeing/GlossaryView.svelte'),
    rules: () => import('./agreeing/RulesView.svelte'),
    score: () => import('./agreeing/ScoreView.svelte'),
    decisions: () => import('./close/DecisionsView.svelte'),
    parked: () => import('./close/ParkedView.svelte'),
    record: () => import('./close/RecordView.svelte'),
    agenda: () => import('./plan/AgendaView.svelte'),
  },
  below: {
    aim: () => import('./agreeing/ConsentPanel.svelte'),
    decision: () => import('./agreeing/ConsentPanel.svelte'),
  },
  arrival: [() => import('./agreeing/RulesHere.svelte')],
  bar: () => import('./hour/HourBar.svelte'),
  now: [
    () => import('./hour/NowOn.svelte'),
    () => import('./agreeing/NowAsked.svelte'),
    () => import('./people/NowTop.svelte'),
    () => import('./close/MyActions.svelte'),
  ],
  card: [() => import('./close/ParkCard.svelte')],
  panels: {
    agenda: { title: 'meetings.plan.tab', load: () => import('./plan/AgendaPanel.svelte') },
    actions: { title: 'rooms.place_actions', load: () => import('./close/ActionsPanel.svelte') },
  },
  lines: [
    () => import('./agreeing/AskedLines.svelte'),
    () => import('./people/OfferLine.svelte'),
    () => import('./people/TurnLine.svelte'),
  ],
  people: [() => import('./people/PeopleTop.svelte'), () => import('./agreeing/PeopleAsk.svelte')],
  tabs: { agenda: { title: 'meetings.plan.tab', icon: 'list' } },
}

/** So long before a meeting, and after it should have begun, the room opens on its agenda. */
const SOON = 30 * 60_000

function isSoon(room: Pick<Room, 'all' | 'now'>): boolean {
  const meetings = room.all('meeting')
  if (meetings.some(({ state }) => state === 'live')) return false
  return meetings.some(
    ({ state, starts_at }) => state === 'planned' && Math.abs(Date.parse(starts_at) - room.now()) < SOON,
  )
}
