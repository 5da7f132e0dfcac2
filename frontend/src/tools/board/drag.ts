/**
 * Dragging cards with a pointer. The only file that knows the library.
 *
 * What is dropped and where is read from the drop targets themselves, and one monitor hears the drop: a list that
 * others change during the drag, or a card that is drawn anew under the hand, loses nothing.
 */

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  type ElementDropTargetEventBasePayload,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'

import type { Id } from '../../wire/types'
import type { List } from './moving'

export interface Landing {
  list: List
  /** The card under the pointer; null: the list itself. */
  card: Id | null
  edge: 'top' | 'bottom'
}

export interface DragListener {
  started(card: Id): void
  over(landing: Landing | null): void
  dropped(card: Id, landing: Landing): void
  ended(): void
}

type Location = ElementDropTargetEventBasePayload['location']

/** Cards dragged on one wall do not land on another. */
export function listen(wall: symbol, listener: DragListener): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => source.data.wall === wall,
    onDragStart: ({ source }) => listener.started(source.data.card as Id),
    onDrag: ({ location }) => listener.over(landing(location)),
    onDropTargetChange: ({ location }) => listener.over(landing(location)),
    onDrop({ source, location }) {
      const spot = landing(location)
      listener.ended()
      if (spot) listener.dropped(source.data.card as Id, spot)
    },
  })
}

export function holdCard(element: HTMLElement, wall: symbol, card: Id): () => void {
  return combine(
    draggable({ element, getInitialData: () => ({ wall, card }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.wall === wall,
      getData: ({ input }) =>
        attachClosestEdge({ card }, { element, input, allowedEdges: ['top', 'bottom'] }),
      // Over the gap between two cards the last one stays the target.
      getIsSticky: () => true,
    }),
  )
}

export function holdList(element: HTMLElement, wall: symbol, list: List): () => void {
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => source.data.wall === wall,
    getData: () => ({ list }),
  })
}

function landing({ current }: Location): Landing | null {
  const [first, second] = current.dropTargets
  const list = (second ?? first)?.data.list as List | undefined
  if (!list) return null
  const card = (first!.data.card as Id | undefined) ?? null
  return { list, card, edge: extractClosestEdge(first!.data) === 'top' ? 'top' : 'bottom' }
}
