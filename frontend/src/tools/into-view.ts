/** Where a place names a part of a view: it is scrolled to, and its heading is said. */

import { tick } from 'svelte'

export async function bringIntoView(id: string): Promise<void> {
  await tick()
  const heading = document.getElementById(id)
  heading?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  heading?.focus({ preventScroll: true })
}
