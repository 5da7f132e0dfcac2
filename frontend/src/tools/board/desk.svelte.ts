/** What one person does at one board: writes in a column, opens a card, drags it, looks at one theme. */

import { getContext, setContext, tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

import type { Room } from '../../room/room.svelte'
import { announce } from '../../ui/announcer.svelte'
import { offerUndo } from '../../ui/toasts.svelte'
import type { Board, Capture, Card, Command, Id } from '../../wire/types'
import { t } from '../../wire/words'
import { cardsOf, type Filter, passes } from './cards'
import type { BoardColumn } from './columns'
import type { DragListener, Landing } from './drag'
import {
  afterDrop,
  afterStep,
  isIn,
  type List,
  moveCommand,
  placeOf,
  sameList,
  type Spot,
  spotOf,
} from './moving'
import { openOf, over } from './silence'

const KEY = Symbol('desk')

/** The lists that a wall shows side by side, in their order: columns, or themes. */
export interface Shown {
  list: List
  title: string
}

export class Desk implements DragListener {
  /** The column that is being written in. */
  writing = $state<string | null>(null)
  /** The card whose details are open. */
  opened = $state<Id | null>(null)
  /** It was opened to be moved: there the focus begins. */
  isMoving = $state(false)
  filter = $state<Filter>(null)
  dragged = $state<Id | null>(null)
  landing = $state<Landing | null>(null)
  /** The capture whose cards are being turned over. */
  turning = $state<Id | null>(null)
  /** Cards picked to go into one theme together; null while nobody picks. */
  picked = $state<SvelteSet<Id> | null>(null)
  readonly wall = Symbol('wall')

  constructor(
    readonly room: Room,
    /** The place that others see who look where somebody works. */
    private readonly view: () => string,
    private readonly about: () => { board: Board; columns: BoardColumn[]; lists: Shown[] },
  ) {}

  get board(): Board {
    return this.about().board
  }

  get columns(): BoardColumn[] {
    return this.about().columns
  }

  get cards(): Card[] {
    return cardsOf(this.room.all('card'), this.board.id)
  }

  get themes() {
    return this.room.all('theme').filter(({ board_id }) => board_id === this.board.id)
  }

  /** The cards of a list as they are shown here. */
  in(list: List): Card[] {
    return this.cards.filter((card) => isIn(card, list) && passes(card, this.filter))
  }

  titleOf(list: List): string {
    if ('column' in list) return this.columns.find(({ key }) => key === list.column)?.title ?? ''
    if (list.theme === null) return t('board.no_theme')
    return this.room.get('theme', list.theme)?.title ?? t('board.theme_taken_out')
  }

  started(card: Id): void {
    this.dragged = card
  }

  over(landing: Landing | null): void {
    this.landing = landing
  }

  ended(): void {
    this.dragged = null
    this.landing = null
  }

  dropped(card: Id, { list, card: target, edge }: Landing): void {
    void this.move(card, { list, after: afterDrop(this.#ids(list), card, target, edge) })
  }

  /** Alt with an arrow: up and down in the list, sideways to the end of the next one. */
  async arrow(card: Card, from: List, key: string): Promise<void> {
    const spot =
      key === 'ArrowUp' || key === 'ArrowDown' ? this.#stepped(card, from, key) : this.#beside(from, key)
    if (spot) await this.move(card.id, spot)
    else announce(t('board.moved_no_further'))
  }

  async move(id: Id, spot: Spot): Promise<void> {
    const card = this.room.get('card', id)
    if (!card) return
    const from: List = 'column' in spot.list ? { column: card.column } : { theme: card.theme_id }
    const before = spotOf(this.#ids(from), id, from)
    if (sameList(from, spot.list) && before.after === spot.after) return this.focus(id)
    this.room.send(moveCommand(id, spot))
    await this.focus(id)
    this.#tell(id, spot.list, sameList(from, spot.list) ? null : moveCommand(id, before))
  }

  /** Column, place in it and theme at once, as "Move to…" says them. */
  async place(
    card: Card,
    { column, after, theme_id }: { column: string; after: Id | null; theme_id: Id | null },
  ) {
    this.room.send({ type: 'board.move_card', card_id: card.id, column, after, theme_id })
    this.opened = null
    await this.focus(card.id)
    this.#tell(card.id, { column }, null)
  }

  /** The capture in which a new card of this column is written. */
  silence(column: string): Capture | undefined {
    return over(openOf(this.room.all('capture'), this.board.id), column)
  }

  /** Others see that somebody is at work on this card, or on a new one for this board. */
  editing(row: Id | null): void {
    this.room.setPlace(this.view(), row)
  }

  async remove({ id, column }: Card): Promise<void> {
    this.opened = null
    this.room.send({ type: 'board.remove_card', card_id: id })
    offerUndo(t('board.removed_one'), () => this.room.send({ type: 'board.restore_card', card_id: id }))
    await tick()
    document.getElementById(`column-${column}`)?.focus()
  }

  pickOrDrop(id: Id): void {
    if (!this.picked?.delete(id)) this.picked?.add(id)
  }

  /** All picked cards go into one theme; among themselves they keep the order of the board. */
  putPicked(themeId: Id): void {
    const ids = this.cards.filter(({ id }) => this.picked?.has(id)).map(({ id }) => id)
    for (const id of ids) this.room.send({ type: 'board.move_card', card_id: id, theme_id: themeId })
    this.picked = null
    announce(t('board.put_together', { count: ids.length, theme: this.titleOf({ theme: themeId }) }))
  }

  /** A card that has moved is another element in another list: it is found again by its id. */
  async focus(id: Id): Promise<void> {
    await tick()
    document.getElementById(handleOf(id))?.focus()
  }

  #stepped(card: Card, list: List, key: string): Spot | undefined {
    const after = afterStep(this.#ids(list), card.id, key === 'ArrowUp' ? -1 : 1)
    return after === undefined ? undefined : { list, after }
  }

  #beside(from: List, key: string): Spot | undefined {
    const { lists } = this.about()
    const at = lists.findIndex(({ list }) => sameList(list, from))
    const to = lists[at + (key === 'ArrowRight' ? 1 : -1)]
    return to && { list: to.list, after: this.#ids(to.list).at(-1) ?? null }
  }

  #tell(id: Id, list: List, undo: Command | null): void {
    const text = t('board.moved', { list: this.titleOf(list), ...placeOf(this.#ids(list), id) })
    if (undo) offerUndo(text, () => this.room.send(undo))
    else announce(text)
  }

  #ids(list: List): Id[] {
    return this.in(list).map(({ id }) => id)
  }
}

/** The id of the button by which a card is reached with the keyboard. */
export function handleOf(id: Id): string {
  return `card-${id}`
}

export function provideDesk(desk: Desk): Desk {
  return setContext(KEY, desk)
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY)
}
