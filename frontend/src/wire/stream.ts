/** The room over server-sent events, read with fetch: EventSource hides statuses and asks again by itself. */

import { byeOf, type Http, STREAM } from './http'
import type { ResumePoint } from './replica'
import { Said } from './said'
import type { Cancel, Timers } from './timers'
import { type Listener, LOST, type OpenTransport, type Transport } from './transport'
import type { ServerMessage } from './types'

/** A server says something at least every 15 s. Who hears nothing for longer asks why. */
const SILENCE = 22_000
/** T7: what was acked comes over the stream at once, unless somebody on the way holds it back. */
const REACHED_WITHIN = 3_000
const LATE = 1_000

export interface Signs {
  /** Something came through, if only a comment: nobody holds the whole answer back. */
  firstByte(): void
  /** The server answers, and its stream does not come: somebody on the way collects it. */
  heldBack(): void
}

export function openStream(http: Http, timers: Timers, signs: Signs): OpenTransport {
  return (resume, listener) => new Stream(http, timers, signs, listener, resume)
}

class Stream implements Transport {
  #said: Said
  #reading: AbortController
  #silence: Cancel = () => {}
  #checks = new Set<Cancel>()
  #isClosed = false

  constructor(
    private readonly http: Http,
    private readonly timers: Timers,
    private readonly signs: Signs,
    private readonly listener: Listener,
    resume: ResumePoint | null,
  ) {
    this.#said = new Said(http, timers, (frame) => this.#answered(frame))
    this.#reading = new AbortController()
    void this.#read(resume, this.#reading)
  }

  send = (message: Parameters<Transport['send']>[0]): void => this.#said.send(message)

  /** Nothing shows whether an open stream still works, so another is opened, which ends this one with its hello. */
  prove(): void {
    void this.#read(this.listener.resume(), new AbortController())
  }

  close(): void {
    this.#isClosed = true
    this.#reading.abort()
    this.#said.close()
    this.#silence()
    this.#checks.forEach((cancel) => cancel())
  }

  async #read(resume: ResumePoint | null, reading: AbortController): Promise<void> {
    this.#expectByte()
    try {
      const answer = await this.http.stream(resume, reading.signal)
      if (!answer.headers.get('Content-Type')?.startsWith(STREAM) || !answer.body) {
        const bye = await byeOf(answer)
        if (bye && !this.#isClosed) this.listener.heard([bye])
      } else {
        for await (const frame of frames(answer.body, () => this.#byte())) {
          if (this.#isClosed || reading.signal.aborted) return
          this.#takeOver(reading)
          this.#heard(frame)
        }
      }
    } catch {
      // Cut off. What happened meanwhile comes when it is opened again.
    }
    if (!this.#isClosed && !reading.signal.aborted) this.listener.gone(LOST)
  }

  #takeOver(reading: AbortController): void {
    if (this.#reading === reading) return
    this.#reading.abort()
    this.#reading = reading
  }

  #heard(frame: ServerMessage[]): void {
    this.listener.heard(frame)
    if (frame.some(({ type }) => type === 'at')) this.#said.presence()
  }

  #answered(frame: ServerMessage[]): void {
    this.listener.answered(frame)
    for (const message of frame) if (message.type === 'ack') this.#expectReached(message.seq)
  }

  #expectReached(seq: number): void {
    const cancel = this.timers.after(REACHED_WITHIN, () => {
      this.#checks.delete(cancel)
      if ((this.listener.resume()?.seq ?? 0) < seq) this.#isHeldBack()
    })
    this.#checks.add(cancel)
  }

  #byte(): void {
    this.signs.firstByte()
    this.#expectByte()
  }

  #expectByte(): void {
    this.#silence()
    const due = this.timers.now() + SILENCE
    this.#silence = this.timers.after(SILENCE, () => {
      if (this.timers.now() - due >= LATE) this.#expectByte()
      else void this.#askWhy()
    })
  }

  /** Either the network is gone, or it works for everything but this stream. */
  async #askWhy(): Promise<void> {
    const answers = await this.http.answers(this.#reading.signal)
    if (this.#isClosed) return
    if (answers) this.#isHeldBack()
    else this.listener.gone(LOST)
  }

  #isHeldBack(): void {
    this.signs.heldBack()
    this.listener.gone(LOST)
  }
}

async function* frames(body: ReadableStream<Uint8Array>, byte: () => void): AsyncGenerator<ServerMessage[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    byte()
    text += decoder.decode(value, { stream: true })
    const events = text.split('\n\n')
    text = events.pop()!
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '))
      if (data) yield JSON.parse(data.slice(6)) as ServerMessage[]
    }
  }
}
