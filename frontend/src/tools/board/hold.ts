/** Lets a card or a list be dragged and dropped on, once the code for it has come. */

import type { Attachment } from 'svelte/attachments'

import type { Id } from '../../wire/types'
import type { Desk } from './desk.svelte'
import type { List } from './moving'

type Drag = typeof import('./drag')

// A room shows before anybody can drag in it; where this does not load, keyboard and "Move to…" remain.
let loading: Promise<Drag> | undefined

function withDrag(start: (drag: Drag) => () => void): () => void {
  let stop: (() => void) | null = () => {}
  loading ??= import('./drag')
  loading.then(
    (drag) => stop && (stop = start(drag)),
    () => (loading = undefined),
  )
  return () => {
    stop?.()
    stop = null
  }
}

export function cardHeld(desk: Desk, card: Id): Attachment<HTMLElement> {
  return (element) => withDrag((drag) => drag.holdCard(element, desk.wall, card))
}

export function listHeld(desk: Desk, list: List): Attachment<HTMLElement> {
  return (element) => withDrag((drag) => drag.holdList(element, desk.wall, list))
}

export function wallHeard(desk: Desk): Attachment<HTMLElement> {
  return () => withDrag((drag) => drag.listen(desk.wall, desk))
}

/** A press anywhere on a card opens it, as a convenience beside its button; not while words are being marked. */
export function pressed(open: () => void): Attachment<HTMLElement> {
  return (element) => {
    const press = (event: MouseEvent) => {
      const isOnControl = (event.target as Element).closest(
        'button, a, input, select, textarea, summary, label',
      )
      if (!isOnControl && !getSelection()?.toString()) open()
    }
    element.addEventListener('click', press)
    return () => element.removeEventListener('click', press)
  }
}
