/** Node without a page, but with Svelte compiled for the browser: effects run as they do on a screen. */

import type { Environment } from 'vitest/runtime'

export default {
  name: 'browser-svelte',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => {} }),
} satisfies Environment
