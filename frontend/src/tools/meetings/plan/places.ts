/** The places of a room that an item can bring everybody to. */

import { titleOf, wordOf } from '../../../room/places'
import { stagesOf } from '../../../room/roadmap'
import type { Room } from '../../../room/room.svelte'
import { t } from '../../../wire/words'

export function placeName(room: Room, view: string): string {
  const steps = stagesOf(room).flatMap(({ steps }) => steps)
  return (room.method && titleOf(view, room.method, steps)) ?? t(wordOf(view))
}

/** The walls that everybody has, then the pages of steps that are under way. */
export function placesOf(room: Room): readonly string[] {
  const lenses = room.method?.lenses.map(({ key }) => `board/${key}`) ?? []
  const pages = stagesOf(room)
    .filter(({ state }) => state === 'doing')
    .flatMap(({ steps }) => steps)
    .filter(({ step }) => step.opens === 'page')
    .map(({ id }) => `step/${id}`)
  const walls = ['roadmap', 'board', ...lenses, 'themes', 'aim/global', 'aim/specific']
  return [...walls, 'process_map', 'ideas', 'ballot', 'agenda', ...pages]
}
