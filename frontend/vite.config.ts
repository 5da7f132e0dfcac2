import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const server = `http://localhost:${process.env.BIGROOM_PORT ?? '8000'}`

/** What of Svelte only forms and the canvas of the process map ask for: it does not come with every page. */
const RARE =
  /svelte\/src\/internal\/(shared\/(clone|warnings)|client\/dom\/elements\/(actions|bindings\/(size|select|input)))\.js/

/**
 * The library of that canvas spreads attributes over elements, which nothing of ours does. It has that module of
 * Svelte for itself: in the one that all share, it would come with every page. What the module remembers, it
 * remembers at the elements, so that two of it do not differ.
 */
const OWN = '\0svelte-of-the-canvas'
const spreading: Plugin = {
  name: 'spreading',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    return source === 'svelte/internal/client' && importer?.includes('/@xyflow/svelte/') ? OWN : null
  },
  async load(id) {
    if (id !== OWN) return null
    const client = await this.resolve('svelte/internal/client')
    const attributes = client!.id.replace(/index\.js$/, 'dom/elements/attributes.js?own')
    // With the names under which it is told of classes and styles.
    return `export * from 'svelte/internal/client'\nexport { attribute_effect, CLASS, STYLE } from '${attributes}'`
  },
}

export default defineConfig({
  plugins: [svelte(), spreading],
  server: {
    proxy: { '/api': { target: server, ws: true } },
  },
  build: {
    // The floor of the hospital's computers; lightningcss lowers light-dark() and nesting to it.
    target: ['safari15.4', 'chrome109', 'firefox115'],
    cssMinify: 'lightningcss',
    sourcemap: false,
    // Every asset is a file: a data: font would not pass the content security policy.
    assetsInlineLimit: 0,
    // One style sheet for all: no part of a screen waits for its own.
    cssCodeSplit: false,
    modulePreload: {
      polyfill: false,
      // What everything else needs comes ahead in the background, once the room shows.
      resolveDependencies: (file, needed) => (/\/(Room|Overview)-/.test(file) ? needed : []),
    },
    rolldownOptions: {
      output: {
        // What every page needs is one file: many small ones would each be compressed by itself.
        codeSplitting: {
          groups: [
            { name: 'rare', priority: 1, includeDependenciesRecursively: false, test: RARE },
            {
              name: 'shell',
              test: /src\/(ui\/(Icon|icons|Later|Mark|SkipLink|Spoken|Popover|Button|focus|screen|appearance|announcer)|wire\/words\.ts)/,
            },
          ],
        },
      },
      treeshake: {
        // Reactive Map, Set, URL and Date extend what the browser has, which looks like a side effect: a
        // page that uses one of them would otherwise carry all.
        moduleSideEffects: (id) => !id.includes('svelte/src/reactivity/') && !RARE.test(id),
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './vitest.environment.ts',
  },
  // Runes in *.svelte.ts are tested with the browser's Svelte, not the server's.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
})
