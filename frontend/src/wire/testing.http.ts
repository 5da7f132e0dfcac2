/** For tests: a server over plain HTTP that answers each call as it is told, and a channel between tabs. */

import type { Channel, Word } from './tabs'
import type { ServerMessage } from './types'

/** Everything that waits for promises has run. */
export const settled = () => new Promise((resolve) => setTimeout(resolve))

export class TestCall {
  readonly isStream: boolean
  readonly body: unknown
  isAborted = false
  #answer!: (answer: Response) => void
  #fail!: (trouble: Error) => void
  #pipe: ReadableStreamDefaultController<Uint8Array> | undefined
  readonly answered = new Promise<Response>((resolve, reject) => {
    this.#answer = resolve
    this.#fail = reject
  })

  constructor(
    readonly path: string,
    init: RequestInit,
  ) {
    this.isStream = new Headers(init.headers).get('Accept') === 'text/event-stream'
    this.body = init.body ? JSON.parse(init.body as string) : undefined
    init.signal!.addEventListener('abort', () => {
      this.isAborted = true
      this.#fail(new DOMException('aborted', 'AbortError'))
      this.#pipe?.error(new DOMException('aborted', 'AbortError'))
      this.#pipe = undefined
    })
  }

  json(body: unknown, status = 200): Promise<unknown> {
    this.#answer(new Response(JSON.stringify(body), { status }))
    return settled()
  }

  /** As the server refuses: problem+json. */
  refuse(status: number, code: string, params: Record<string, unknown> = {}): Promise<unknown> {
    return this.json({ code, params, text: code }, status)
  }

  html(status: number): Promise<unknown> {
    this.#answer(new Response('<h1>Blocked</h1>', { status, headers: { 'Content-Type': 'text/html' } }))
    return settled()
  }

  break(): Promise<unknown> {
    this.#fail(new TypeError('network'))
    this.#pipe?.error(new TypeError('network'))
    return settled()
  }

  /** Opens the stream, or says more on it. */
  say(...frame: ServerMessage[]): Promise<unknown> {
    return this.bytes(`id: e1.1\ndata: ${JSON.stringify(frame)}\n\n`)
  }

  bytes(text: string): Promise<unknown> {
    if (!this.#pipe) {
      const body = new ReadableStream<Uint8Array>({ start: (pipe) => void (this.#pipe = pipe) })
      this.#answer(new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } }))
    }
    this.#pipe!.enqueue(new TextEncoder().encode(text))
    return settled()
  }

  end(): Promise<unknown> {
    this.#pipe!.close()
    return settled()
  }
}

export class TestWeb {
  calls: TestCall[] = []

  fetch = (path: string, init: RequestInit): Promise<Response> => {
    const call = new TestCall(path, init)
    this.calls.push(call)
    return call.answered
  }

  /** The latest call to such a path. */
  last(what: string | RegExp): TestCall {
    return this.all(what).at(-1)!
  }

  all(what: string | RegExp): TestCall[] {
    return this.calls.filter(({ path }) => path.search(what) >= 0)
  }

  get streams(): TestCall[] {
    return this.all('/events').filter(({ isStream }) => isStream)
  }

  get polls(): TestCall[] {
    return this.all('/events').filter(({ isStream }) => !isStream)
  }
}

/** Channels of one browser: what one tab says all others hear. */
export class TestChannels {
  #open: Channel[] = []

  open(): Channel {
    const mine: Channel = {
      onmessage: null,
      postMessage: (word: Word) => {
        for (const other of this.#open)
          if (other !== mine) queueMicrotask(() => other.onmessage?.({ data: word }))
      },
    }
    this.#open.push(mine)
    return mine
  }
}
