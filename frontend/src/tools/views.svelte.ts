/** The screens of the tools: the one that is asked for first, then all the others while the line is good. */

import type { Component } from 'svelte'

import type { Tool } from './tool'

export type View = Component<{ at: string }>

export class Views {
  #loads: Tool['views']
  #come = $state.raw<Record<string, View>>({})
  #failed = $state.raw<readonly string[]>([])

  constructor(tools: readonly Tool[]) {
    this.#loads = Object.assign({}, ...tools.map(({ views }) => views)) as Tool['views']
  }

  has(name: string): boolean {
    return name in this.#loads
  }

  /** Undefined until it has come. */
  of(name: string): View | undefined {
    return this.#come[name]
  }

  hasFailed(name: string): boolean {
    return this.#failed.includes(name)
  }

  async fetch(name: string): Promise<void> {
    const load = this.#loads[name]
    if (!load || this.#come[name]) return
    this.#failed = this.#failed.filter((other) => other !== name)
    try {
      const view = (await load()).default as View
      // Only now: others have come meanwhile.
      this.#come = { ...this.#come, [name]: view }
    } catch {
      this.#failed = [...this.#failed, name]
    }
  }

  async fetchAll(first: string): Promise<void> {
    await this.fetch(first)
    await Promise.all(Object.keys(this.#loads).map((name) => this.fetch(name)))
  }
}
