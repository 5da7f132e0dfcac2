/** What glides on a picture after others' hands, for as long as the picture is there. */

import { untrack } from 'svelte'

import type { Room } from '../../room/room.svelte'
import type { Id } from '../../wire/types'
import type { Point } from './geometry'
import { Glide } from './glide'
import { handsOf, NONE, NOWHERE, show, tagsOf, workers } from './hands'
import type { Picture } from './picture'
import type { Line } from './routes'
import type { Mark } from './shapes'

/** To be called while a component is made. `mine` are steps in my own hand. */
export function watchHands(
  room: Room,
  root: () => Element | undefined,
  picture: () => Picture,
  lines: () => readonly Line[],
  mine: () => ReadonlySet<Id> = () => NONE,
): { readonly tags: ReadonlyMap<Id, readonly Mark[]> } {
  let moved: ReadonlyMap<Id, Point> = NOWHERE

  const glide = new Glide(
    (at) => {
      const here = root()
      if (here) show(here, untrack(picture), untrack(lines), moved, at)
      moved = at
    },
    () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  )

  const there = $derived(workers(room))
  const tags = $derived(tagsOf(there))

  $effect(() => {
    const { boxes } = picture().frame
    untrack(() => glide.rests(boxes, mine()))
  })
  $effect(() => {
    const hands = handsOf(there)
    untrack(() => glide.holds(hands))
  })
  $effect(() => () => glide.stop())

  return {
    get tags() {
      return tags
    },
  }
}
