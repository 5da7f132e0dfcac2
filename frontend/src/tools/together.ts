/** Parts that tools put into one place, all at once: one that came later would move a button from under a finger. */

import type { Component } from 'svelte'

import type { Load } from './tool'

/** Without those that do not come. */
export async function together<About>(loads: readonly Load[]): Promise<Component<{ about: About }>[]> {
  const came = await Promise.allSettled(loads.map((load) => load()))
  return came
    .filter((part) => part.status === 'fulfilled')
    .map((part) => part.value.default as Component<{ about: About }>)
}
