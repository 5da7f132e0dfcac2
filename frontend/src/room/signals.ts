/** The thirteen lines between plain TypeScript and Svelte: one signal a topic, so that a moved card wakes no clock. */

import { createSubscriber } from 'svelte/reactivity'

interface Signal {
  read(): void
  changed(): void
}

export class Signals<Topic> {
  #all = new Map<Topic, Signal>()

  /** Called by whoever reads: in a template or a $derived it runs again when the topic changes. */
  read(topic: Topic): void {
    this.#signal(topic).read()
  }

  changed(topic: Topic): void {
    this.#all.get(topic)?.changed()
  }

  #signal(topic: Topic): Signal {
    let signal = this.#all.get(topic)
    if (!signal) this.#all.set(topic, (signal = newSignal()))
    return signal
  }
}

function newSignal(): Signal {
  const signal: Signal = { read: () => {}, changed: () => {} }
  signal.read = createSubscriber((update) => {
    signal.changed = update
    return () => (signal.changed = () => {})
  })
  return signal
}
