/** Single keys of a board: write, and move the card that has the focus. */

import { tick } from 'svelte'

import type { Key } from '../../ui/keys.svelte'
import type { Desk } from './desk.svelte'

/** In the column that has the focus, else in the first. */
export function writeKey(desk: Desk, wall: () => HTMLElement | undefined): Key {
  return {
    key: 'n',
    does: 'board.key_write',
    async press() {
      if (!desk.room.may('board.contribute')) return
      const card = desk.room.get('card', focusedCard() ?? '')
      desk.writing = card?.column ?? focusedColumn() ?? desk.columns[0]?.key ?? null
      desk.filter = null
      await tick()
      wall()?.querySelector('textarea')?.focus()
    },
  }
}

export function moveKey(desk: Desk): Key {
  return {
    key: 'm',
    does: 'board.key_move',
    press() {
      const id = focusedCard()
      if (!id || !desk.room.may('board.contribute')) return
      desk.isMoving = true
      desk.opened = id
    },
  }
}

function focusedCard(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card
}

function focusedColumn(): string | undefined {
  const column = document.activeElement?.closest('section')
  return column?.querySelector<HTMLElement>('[data-list]')?.dataset.list
}
