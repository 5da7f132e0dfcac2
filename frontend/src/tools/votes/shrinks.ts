/** On a wall nobody scrolls: letters as large as the whole list allows. */

import type { Attachment } from 'svelte/attachments'

/** In rem of a wall; the smallest is still read from five metres. */
const SIZES = [1.35, 1.2, 1.1, 1, 0.92, 0.84, 0.76, 0.68, 0.6]

/** Again with another window, and whenever what it is called with changes. */
export function shrinks(..._with: unknown[]): Attachment<HTMLElement> {
  return (list) => {
    const fit = () => {
      for (const size of SIZES) {
        list.style.setProperty('--fit', `${size}rem`)
        if (list.scrollHeight <= list.clientHeight + 1) return
      }
    }
    const watch = new ResizeObserver(fit)
    watch.observe(list)
    void document.fonts?.ready.then(fit)
    return () => watch.disconnect()
  }
}
