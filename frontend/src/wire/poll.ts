/** The room by asking again and again: one frame a call, for networks that let nothing through before it has ended. */

import { byeOf, type Http } from './http'
import type { ResumePoint } from './replica'
import { Said } from './said'
import type { Timers } from './timers'
import { type Listener, LOST, type OpenTransport, type Transport } from './transport'
import type { Ack, ClientMessage, Hello, Here, Id, ServerMessage } from './types'

/** How long the server may hold each call, and when the next is made. */
export interface Pace {
  seconds: number
  /** Resolves when it is time, and at once when the signal is given. */
  next(known: ResumePoint | null, hurry: AbortSignal): Promise<void>
}

export const AT_ONCE: Pace = { seconds: 25, next: async () => {} }

export function openPoll(http: Http, timers: Timers, pace: Pace): OpenTransport {
  return (resume, listener) => new Poll(http, timers, pace, listener, resume)
}

class Poll implements Transport {
  #said: Said
  #news = new News()
  #hurry = new AbortController()
  /** The first call, too, is answered at once: who has missed nothing would wait for hello as long as for news. */
  #isHurried = true
  #isClosed = false

  constructor(
    private readonly http: Http,
    timers: Timers,
    private readonly pace: Pace,
    private readonly listener: Listener,
    resume: ResumePoint | null,
  ) {
    this.#said = new Said(http, timers, (frame) => this.#answered(frame))
    void this.#askOn(resume)
  }

  send(message: ClientMessage): void {
    this.#said.send(message)
  }

  /** The call that is open may be dead: asked anew, the server answers without waiting. */
  prove(): void {
    this.#isHurried = true
    this.#hurry.abort()
  }

  close(): void {
    this.#isClosed = true
    this.#said.close()
    this.#hurry.abort()
  }

  async #askOn(resume: ResumePoint | null): Promise<void> {
    let known = resume
    while (!this.#isClosed) {
      this.#hurry = new AbortController()
      if (!(await this.#ask(known))) return
      known = this.listener.resume()
      await this.pace.next(known, this.#hurry.signal)
    }
  }

  /** False when it is over. */
  async #ask(known: ResumePoint | null): Promise<boolean> {
    const { signal } = this.#hurry
    try {
      const answer = await this.http.poll(known, this.#isHurried ? 0 : this.pace.seconds, signal)
      this.#isHurried = false
      if (!answer.ok) return await this.#refused(answer)
      const frame = (await answer.json()) as ServerMessage[]
      if (!this.#isClosed) this.listener.heard(this.#news.from(frame))
      return !this.#isClosed
    } catch {
      if (!signal.aborted) this.listener.gone(LOST)
      return signal.aborted
    }
  }

  async #refused(answer: Response): Promise<false> {
    const bye = await byeOf(answer)
    if (this.#isClosed) return false
    if (bye) this.listener.heard([bye])
    else this.listener.gone(LOST)
    return false
  }

  #answered(frame: ServerMessage[]): void {
    this.listener.answered(frame)
    const seq = this.listener.resume()?.seq ?? 0
    const isAhead = (message: ServerMessage): message is Ack => message.type === 'ack' && message.seq > seq
    // A call that waits brings it by itself; where none waits, mine is a reason to make one.
    if (this.pace.seconds === 0 && frame.some(isAhead)) this.prove()
  }
}

/** Every poll greets, and names everybody. Whoever heard the one before is told what is new. */
class News {
  #hello: Hello | null = null
  #here: Id[] = []

  from(frame: ServerMessage[]): ServerMessage[] {
    const hello = frame.find((message) => message.type === 'hello')
    const before = this.#hello
    if (hello) this.#hello = hello
    if (!before || !hello || before.member_id !== hello.member_id || before.build !== hello.build) {
      frame.forEach((message) => message.type === 'presence' && this.#names(message))
      return frame
    }
    return frame
      .filter((message) => message !== hello)
      .map((message) => (message.type === 'presence' ? this.#withLeavers(message) : message))
  }

  #withLeavers(here: Here): Here {
    const left = this.#here.filter((id) => !(id in here.members)).map((id) => [id, null] as const)
    this.#names(here)
    return { ...here, members: { ...here.members, ...Object.fromEntries(left) } }
  }

  #names({ members }: Here): void {
    this.#here = Object.keys(members).filter((id) => members[id])
  }
}
