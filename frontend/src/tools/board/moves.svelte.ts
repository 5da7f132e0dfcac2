/** Who moved which card: it glides from where it was, and their name stays on it for a moment. */

import { SvelteMap } from 'svelte/reactivity'

import type { Room } from '../../room/room.svelte'
import type { Card, Id } from '../../wire/types'
import { nameOf } from './byline'

const GLIDE_MS = 260
const EASE = 'cubic-bezier(0.2, 0.7, 0.2, 1)'
const NAMED_MS = 2_600

/** To be called while a component is made. Gives the names to show, by card. */
export function watchMoves(
  room: Room,
  wall: () => HTMLElement | undefined,
  cards: () => readonly Card[],
): ReadonlyMap<Id, string> {
  const movers = new SvelteMap<Id, string>()
  let before: Record<Id, Card> = {}
  let boxes: Record<Id, DOMRect> = {}

  // Measured while the page still shows the cards where they were.
  $effect.pre(() => {
    cards()
    boxes = boxesIn(wall())
  })

  $effect(() => {
    const now = Object.fromEntries(cards().map((card) => [card.id, card]))
    for (const card of cards()) {
      const mover = room.changedBy(card.id) ?? null
      if (mover === null || mover === room.me?.id || !hasMoved(before[card.id], card)) continue
      glide(wall(), card.id, boxes[card.id])
      movers.set(
        card.id,
        nameOf(mover, (id) => room.get('member', id)),
      )
      setTimeout(() => movers.delete(card.id), NAMED_MS)
    }
    before = now
  })

  return movers
}

export function hasMoved(was: Card | undefined, is: Card): boolean {
  if (!was) return false
  return was.rank !== is.rank || was.column !== is.column || was.theme_id !== is.theme_id
}

function boxesIn(wall: HTMLElement | undefined): Record<Id, DOMRect> {
  const elements = [...(wall?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
  return Object.fromEntries(
    elements.map((element) => [element.dataset.card!, element.getBoundingClientRect()]),
  )
}

function glide(wall: HTMLElement | undefined, id: Id, from: DOMRect | undefined): void {
  const element = wall?.querySelector(`[data-card="${id}"]`)
  if (!element || !from || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const { left, top } = element.getBoundingClientRect()
  const start = { transform: `translate(${from.left - left}px, ${from.top - top}px)` }
  element.animate([start, { transform: 'none' }], { duration: GLIDE_MS, easing: EASE })
}
