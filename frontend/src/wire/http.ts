/** A room's calls over plain HTTP, and what their answers mean as messages. */

import type { ResumePoint } from './replica'
import { since } from './socket'
import type { Ack, Bye, Do, Failed, Id, Refused } from './types'

export const STREAM = 'text/event-stream'
const JSON_TYPE = 'application/json'

const NO_SESSION = 4401
/** What a status is on a socket (T2), where the server says the word itself: a proxy has statuses of its own. */
const MEANS: Record<string, number> = {
  '401 no_session': NO_SESSION,
  '403 taken_out': 4403,
  '404 not_found': 4404,
  '429 too_many': 4429,
  '503 restarting': 1012,
  '503 storage': 1012,
}

interface Problem {
  code: string
  params: Record<string, unknown>
  text: string
}

export class Http {
  #room: string

  constructor(
    roomId: Id,
    private readonly fetch: (path: string, init: RequestInit) => Promise<Response> = (path, init) =>
      globalThis.fetch(path, init),
  ) {
    this.#room = `/api/rooms/${roomId}`
  }

  /** Whether the server can be reached at all. */
  async answers(signal: AbortSignal): Promise<boolean> {
    try {
      return (await this.#get('/healthz', JSON_TYPE, signal)).ok
    } catch {
      return false
    }
  }

  async serverNow(signal: AbortSignal): Promise<number> {
    const { now } = (await (await this.#get('/api/clock', JSON_TYPE, signal)).json()) as { now: number }
    return now
  }

  stream(resume: ResumePoint | null, signal: AbortSignal): Promise<Response> {
    return this.#get(`${this.#room}/events${since(resume)}`, STREAM, signal)
  }

  /** The next frame: at once when there is something, or within so many seconds. */
  poll(resume: ResumePoint | null, seconds: number, signal: AbortSignal): Promise<Response> {
    const wait = `${resume ? '&' : '?'}wait=${seconds}`
    return this.#get(`${this.#room}/events${since(resume)}${wait}`, JSON_TYPE, signal)
  }

  post(what: 'commands' | 'presence', body: unknown, signal: AbortSignal): Promise<Response> {
    const headers = { 'Content-Type': JSON_TYPE, Accept: JSON_TYPE }
    return this.fetch(`${this.#room}/${what}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal,
    })
  }

  #get(path: string, accept: string, signal: AbortSignal): Promise<Response> {
    return this.fetch(path, { headers: { Accept: accept }, cache: 'no-store', signal })
  }
}

/** The goodbye that a refused call stands for; null where somebody on the way has answered. */
export async function byeOf(answer: Response): Promise<Bye | null> {
  const problem = await problemOf(answer)
  const code = problem && MEANS[`${answer.status} ${problem.code}`]
  if (!code) return null
  return { type: 'bye', code, retry_ms: (problem.params.retry_ms as number | undefined) ?? null }
}

/** What the answer to a posted command would have been on a socket; null where it says nothing for good. */
export async function answerOf({ id }: Do, answer: Response): Promise<Ack | Refused | Failed | null> {
  if (answer.ok) return (await answer.json()) as Ack
  const problem = await problemOf(answer)
  if (!problem || answer.status === 401) return null
  const { code, params, text } = problem
  if (answer.status !== 429 && answer.status < 500) return { type: 'refused', id, code, params, text }
  return { type: 'failed', id, code, retry_ms: (params.retry_ms as number | undefined) ?? 1_000 }
}

async function problemOf(answer: Response): Promise<Problem | null> {
  try {
    const problem = (await answer.json()) as Partial<Problem>
    return typeof problem.code === 'string' ? { params: {}, text: '', ...problem, code: problem.code } : null
  } catch {
    return null
  }
}
