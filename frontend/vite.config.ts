import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const server = `http://localhost:${process.env.BIGROOM_PORT ?? '8000'}`

/** What of Svelte only the canvas of the process map asks for: it does not come with every page. */
const RARE =
  /svelte\/src\/internal\/(shared\/(clone|warnings)|client\/dom\/elements\/(actions|bindings\/size))\.js/

export default defineConfig({
  plugins: [svelte()],
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
            { name: 'canvas', priority: 1, includeDependenciesRecursively: false, test: RARE },
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
