/** What a tool brings to the room: its name, its screens, and what it puts into places of the shell. */

import type { Room } from '../room/room.svelte'
import type { IconName } from '../ui/icons'

/** They come when they are wanted, so that the room shows sooner. */
export type Load = () => Promise<{ default: unknown }>

export interface Panel {
  /** What its tab is called, as a code of the catalogue. */
  title: string
  /** A component that may open dialogs of the room: `about` is its `opens`. */
  load: Load
}

export interface Tab {
  /** A code of the catalogue. */
  title: string
  icon: IconName
}

export interface Tool {
  name: string
  /** Where the room opens now for whoever comes in without a place of their own; undefined: where the room is. */
  opensOn?: (room: Pick<Room, 'all' | 'now'>) => string | undefined
  /** By the first word of the place that shows them: `#board/value` shows `board`, a component with `at` = "value". */
  views: Record<string, Load>
  /** Under the room's bar: what is on now. `about` is where on the wall I am; null where nobody can be brought. */
  bar?: Load
  /** Quiet lines under it, each with the one thing to press. `about` is the room's `opens`. */
  lines?: readonly Load[]
  /** For somebody who has just come in, below how they come back. */
  arrival?: readonly Load[]
  /** By the kind of a row of another tool: what comes below it. `about` is `{ target, id }`: that kind, and the row's id. */
  below?: Record<string, Load>
  /** At the top of the phone's "Now", one under the other. */
  now?: readonly Load[]
  /** At the end of what a card opens, for whoever contributes. `about` is the card. */
  card?: readonly Load[]
  /** Above the people, in their panel. `about` is the room's `opens`. */
  people?: readonly Load[]
  /** Beside the people, on a wide screen: each has a tab. */
  panels?: Record<string, Panel>
  /** Views that a narrow screen has a tab for, between the wall and the people. */
  tabs?: Record<string, Tab>
}
