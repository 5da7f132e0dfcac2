/** Lays lists out on a wall: as large as everything fits, and in the smallest size the end of each, with pages back. */

import { pageOf } from './fit'

/** Letters in rem of a wall, from large to the smallest that is read from five metres. */
const SIZES = [1.5, 1.3, 1.1, 0.95]

export class Fitting {
  /** By list: which of its entries are shown. Without a word here all are. */
  shown = $state.raw<Readonly<Record<string, { from: number; to: number }>>>({})
  /** Pages turned back by whoever stands at the wall. */
  back = $state(0)
  /** Something is left out. */
  readonly isCut = $derived(Object.values(this.shown).some(({ from }) => from > 0) || this.back > 0)

  has(list: string, at: number): boolean {
    const shown = this.shown[list]
    return !shown || (at >= shown.from && at < shown.to)
  }

  turn(pages: number): void {
    this.back = Math.max(0, this.back + (pages > 0 && !this.isCut ? 0 : pages))
  }

  /** Lists are `[data-fit]` of the wall, with the number of columns they may fill in `data-columns`. */
  measure(wall: HTMLElement): void {
    const lists = [...wall.querySelectorAll<HTMLElement>('[data-fit]')]
    wall.classList.add('measuring')
    for (const size of SIZES) {
      wall.style.setProperty('--fit', `${size}rem`)
      this.shown = Object.fromEntries(lists.map((list) => [list.dataset.fit, shownOf(list, this.back)]))
      if (!Object.values(this.shown).some(({ from }) => from > 0)) break
    }
    wall.classList.remove('measuring')
  }
}

function shownOf(list: HTMLElement, back: number): { from: number; to: number } {
  const heights = [...list.children].map((each) => each.getBoundingClientRect().height)
  const gap = parseFloat(getComputedStyle(list).rowGap) || 0
  return pageOf(heights, back, {
    columns: Number(list.dataset.columns ?? 1),
    height: list.clientHeight,
    gap,
  })
}
