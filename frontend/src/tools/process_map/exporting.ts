/** The picture as something to keep: a file, or paper. */

import type { Room } from '../../room/room.svelte'
import { announce } from '../../ui/announcer.svelte'
import type { Item } from '../../ui/Menu.svelte'
import { t } from '../../wire/words'
import { type Drawn, titleOf } from './map'

async function drawnFile(drawn: Drawn): Promise<string> {
  const [{ pictureOf }, { svgOf }, { WORDS }, { saidOf }] = await Promise.all([
    import('./picture'),
    import('./svg'),
    import('./words'),
    import('./said'),
  ])
  return svgOf(pictureOf({ ...drawn, longest: drawn.totals?.longest_wait ?? null }, WORDS), saidOf(drawn))
}

async function keep(drawn: Drawn, kind: 'svg' | 'png'): Promise<void> {
  try {
    const { keepFile, pngOf } = await import('./svg')
    const svg = await drawnFile(drawn)
    const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg)
    keepFile(blob, `${fileName(titleOf(drawn.map))}.${kind}`)
  } catch {
    announce(t('process_map.no_file'))
  }
}

/** Of a name what every computer takes as one. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 60) || 'map'
}

async function onPaper(room: Room, drawn: Drawn, size: 'a3' | 'a4'): Promise<void> {
  try {
    const [{ printed }, { default: MapPaper }] = await Promise.all([
      import('../../ui/sheet'),
      import('./MapPaper.svelte'),
    ])
    printed(MapPaper, { room, at: drawn.map.id, size })
  } catch {
    announce(t('process_map.no_file'))
  }
}

/** For the menu of a map. */
export function exportsOf(room: Room, drawn: Drawn): Item[] {
  return [
    { label: t('process_map.print_a4'), icon: 'print', press: () => void onPaper(room, drawn, 'a4') },
    { label: t('process_map.print_a3'), icon: 'print', press: () => void onPaper(room, drawn, 'a3') },
    { label: t('process_map.as_svg'), icon: 'download', press: () => void keep(drawn, 'svg') },
    { label: t('process_map.as_png'), icon: 'download', press: () => void keep(drawn, 'png') },
  ]
}
