/** Dragging items of an agenda with a pointer. Where one is dropped is read from what lies under it. */

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  type ElementDropTargetEventBasePayload,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'

import type { Id } from '../../../wire/types'

export interface Landing {
  item: Id
  edge: 'top' | 'bottom'
}

export interface DragListener {
  started(item: Id): void
  over(landing: Landing | null): void
  dropped(item: Id, landing: Landing): void
  ended(): void
}

/** Items dragged in one agenda do not land in another. */
export function listen(list: symbol, listener: DragListener): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => source.data.list === list,
    onDragStart: ({ source }) => listener.started(source.data.item as Id),
    onDrag: ({ location }) => listener.over(landing(location)),
    onDropTargetChange: ({ location }) => listener.over(landing(location)),
    onDrop({ source, location }) {
      const spot = landing(location)
      listener.ended()
      if (spot) listener.dropped(source.data.item as Id, spot)
    },
  })
}

export function hold(element: HTMLElement, list: symbol, item: Id, mayMove: boolean): () => void {
  const target = dropTargetForElements({
    element,
    canDrop: ({ source }) => source.data.list === list,
    getData: ({ input }) => attachClosestEdge({ item }, { element, input, allowedEdges: ['top', 'bottom'] }),
    // Over the gap between two items the last one stays the target.
    getIsSticky: () => true,
  })
  return mayMove ? combine(draggable({ element, getInitialData: () => ({ list, item }) }), target) : target
}

function landing({ current }: ElementDropTargetEventBasePayload['location']): Landing | null {
  const first = current.dropTargets[0]
  if (!first) return null
  return { item: first.data.item as Id, edge: extractClosestEdge(first.data) === 'top' ? 'top' : 'bottom' }
}
