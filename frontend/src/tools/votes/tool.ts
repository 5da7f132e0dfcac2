/** Votes: a long list becomes the few worth testing; secretly, quickly, and on every screen at once. */

import type { Room } from '../../room/room.svelte'
import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'votes',
  opensOn: openBallot,
  views: { ballot: () => import('./BallotView.svelte') },
  now: [() => import('./NowBallot.svelte')],
  lines: [() => import('./BallotLine.svelte')],
}

/** Whoever comes in while a vote is open comes to it; by a poster, to the one it hangs there for. */
function openBallot(room: Pick<Room, 'all'>): string | undefined {
  const open = room.all('ballot').filter(({ state }) => state === 'open')
  const poster = open.find(({ apart }) => apart)
  if (open.some(({ apart }) => !apart)) return 'ballot'
  return poster && `ballot/${poster.id}`
}
