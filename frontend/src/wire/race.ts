/** One attempt to reach a room, by several ways at once: whichever says hello first carries it. */

import type { Cancel } from './timers'
import { type Listener, LOST, type OpenTransport, type Transport } from './transport'
import type { ClientMessage, ServerMessage } from './types'

export interface Entry {
  kept?: () => void
  failed?: () => void
}

export class Race implements Transport {
  isOver = false
  #kept: Transport | null = null
  #running = new Set<Transport>()
  #expected = 0
  #untilKept: Cancel[] = []
  #untilOver: Cancel[] = []

  constructor(readonly listener: Listener) {}

  get hasWinner(): boolean {
    return this.#kept !== null
  }

  /** One more tries, also beside one that is kept: it takes over once it says hello. Gives back what stops it. */
  enter(open: OpenTransport, { kept, failed }: Entry = {}): Cancel {
    const { listener } = this
    const fail = () => {
      if (!this.#running.delete(transport)) return
      transport.close()
      failed?.()
      this.#loseIfAlone()
    }
    const transport = open(listener.resume(), {
      ...listener,
      heard: (frame) => {
        if (this.#running.has(transport)) {
          if (!this.#accepts(frame)) return fail()
          this.#keep(transport)
          kept?.()
        }
        if (this.#kept === transport) listener.heard(frame)
      },
      answered: (frame) => this.#kept === transport && listener.answered(frame),
      gone: (code) => {
        const isOurs = this.#kept === transport || this.#running.has(transport)
        if (isOurs && (this.#kept === transport || (!this.#kept && code !== LOST))) listener.gone(code)
        else fail()
      },
    })
    this.#running.add(transport)
    return fail
  }

  /** Somebody may still enter: until that is known, this is not lost. Gives back what says that it is known. */
  expect(): () => void {
    this.#expected += 1
    return () => {
      this.#expected -= 1
      this.#loseIfAlone()
    }
  }

  /** Ends when somebody is kept, or nobody any more. */
  untilKept(cancel: Cancel): Cancel {
    this.#untilKept.push(cancel)
    return cancel
  }

  untilOver(cancel: Cancel): Cancel {
    this.#untilOver.push(cancel)
    return cancel
  }

  send(message: ClientMessage): void {
    this.#kept!.send(message)
  }

  prove(t: number): void {
    this.#kept!.prove(t)
  }

  close(): void {
    this.isOver = true
    this.#settle()
    this.#kept?.close()
    this.#untilOver.forEach((cancel) => cancel())
  }

  /** A goodbye is an answer, too, unless somebody is kept with whom all is well. */
  #accepts(frame: ServerMessage[]): boolean {
    return frame.some(({ type }) => type === 'hello' || (type === 'bye' && !this.#kept))
  }

  #keep(transport: Transport): void {
    const before = this.#kept
    this.#running.delete(transport)
    this.#kept = transport
    before?.close()
    this.#settle()
  }

  #settle(): void {
    this.#running.forEach((other) => other.close())
    this.#running.clear()
    this.#untilKept.splice(0).forEach((cancel) => cancel())
  }

  #loseIfAlone(): void {
    if (!this.isOver && !this.#kept && !this.#running.size && !this.#expected) this.listener.gone(LOST)
  }
}
