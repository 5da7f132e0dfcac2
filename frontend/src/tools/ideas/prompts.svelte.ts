/** Change concepts: general approaches that breed ideas. Data of the server, fetched when somebody looks at them. */

import { SvelteMap } from 'svelte/reactivity'

import type { Room } from '../../room/room.svelte'

export interface Concept {
  key: string
  title: string
  question: string
}
interface Prompts {
  version: number
  language: string
  concepts: Concept[]
}

/** Language → what is here of it. */
const here = new SvelteMap<string, readonly Concept[]>()
const asked: string[] = []

/** In the room's language. For use inside `$derived`: none until they are here. */
export function conceptsHere(room: Pick<Room, 'get' | 'id'>): readonly Concept[] {
  const language = room.get('room', room.id)?.language
  if (language === undefined) return []
  if (!asked.includes(language)) void fetchThem(language)
  return here.get(language) ?? []
}

async function fetchThem(language: string): Promise<void> {
  asked.push(language)
  try {
    const answer = await fetch(`/api/ideas/prompts?language=${encodeURIComponent(language)}`)
    if (answer.ok) here.set(language, ((await answer.json()) as Prompts).concepts)
    else forget(language)
  } catch {
    forget(language)
  }
}

/** The line was bad: whoever looks again asks again. */
function forget(language: string): void {
  asked.splice(asked.indexOf(language), 1)
}

export function conceptTitle(room: Pick<Room, 'get' | 'id'>, key: string): string {
  return conceptsHere(room).find((concept) => concept.key === key)?.title ?? key.replaceAll('_', ' ')
}
