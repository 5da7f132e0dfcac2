/** Change concepts: general approaches that breed ideas. Data of the server, fetched when somebody looks at them. */

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

let concepts = $state.raw<readonly Concept[]>([])
let asked: Promise<void> | undefined

/** For use inside `$derived`: none until they are here. */
export function conceptsHere(): readonly Concept[] {
  asked ??= fetchThem()
  return concepts
}

async function fetchThem(): Promise<void> {
  try {
    const answer = await fetch('/api/ideas/prompts')
    if (answer.ok) concepts = ((await answer.json()) as Prompts).concepts
    else asked = undefined
  } catch {
    asked = undefined
  }
}

export function conceptTitle(key: string): string {
  return conceptsHere().find((concept) => concept.key === key)?.title ?? key.replaceAll('_', ' ')
}
