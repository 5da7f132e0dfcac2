/** Prints something that stands on no screen: a sheet of its own, in place of the page, for as long as it takes. */

import { type Component, flushSync, mount, unmount } from 'svelte'

export function printed<P extends Record<string, unknown>>(Sheet: Component<P>, props: P): void {
  const target = document.createElement('div')
  target.className = 'sheet'
  document.body.append(target)
  const sheet = mount(Sheet, { target, props })
  flushSync()
  document.documentElement.dataset.printing = 'sheet'
  // A tablet goes on while its print dialog is open; afterprint comes in any case.
  addEventListener(
    'afterprint',
    () => {
      delete document.documentElement.dataset.printing
      void unmount(sheet)
      target.remove()
    },
    { once: true },
  )
  print()
}
