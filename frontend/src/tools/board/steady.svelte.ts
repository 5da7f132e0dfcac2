/** What others pin up above somebody's field pushes it nowhere: the page scrolls along under their words. */

/** To be called while a wall is made: its own effects see the page before its columns change it. */
export function keepSteady(wall: () => HTMLElement | undefined, cards: () => unknown): void {
  let field: Element | null = null
  let was = 0

  $effect.pre(() => {
    cards()
    const focused = document.activeElement
    field = focused?.matches('textarea') && wall()?.contains(focused) ? focused : null
    was = field?.getBoundingClientRect().top ?? 0
  })
  $effect(() => {
    cards()
    if (!field?.isConnected) return
    const scroller = scrollerOf(field)
    // The browser's own way of keeping things in place would add to this one.
    scroller.style.setProperty('overflow-anchor', 'none')
    scroller.scrollBy(0, field.getBoundingClientRect().top - was)
  })
}

function scrollerOf(element: Element): HTMLElement {
  const main = element.closest('main')
  const scrolls = main && /auto|scroll/.test(getComputedStyle(main).overflowY)
  return scrolls ? main : document.documentElement
}
