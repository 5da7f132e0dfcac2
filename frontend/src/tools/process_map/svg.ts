/** A picture as a file of its own: colours and sizes as values, so that it looks the same wherever it is opened. */

import { widthOf } from './lettering'
import { FILE_FONT, IN_A_FILE, type Look, lookOf } from './looks'
import type { Part, Picture } from './picture'
import type { Mark } from './shapes'

const EDGE = 16

export interface Said {
  title: string
  /** What the picture shows, for who cannot see it. */
  description: string
}

export function svgOf(
  { frame, lanes, names, edges, steps, labels }: Picture,
  { title, description }: Said,
): string {
  const [width, height] = [frame.width + 2 * EDGE, frame.height + 2 * EDGE]
  const parts = [...lanes, ...names, ...edges, ...steps, ...labels].map(group).join('\n')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`,
    ` viewBox="${-EDGE} ${-EDGE} ${width} ${height}" role="img" font-family="${escaped(FILE_FONT)}">\n`,
    `<title>${escaped(title)}</title>\n<desc>${escaped(description)}</desc>\n`,
    `<rect x="${-EDGE}" y="${-EDGE}" width="${width}" height="${height}" fill="${IN_A_FILE('wall')}"/>\n`,
    `${parts}\n</svg>\n`,
  ].join('')
}

function group({ x, y, marks }: Part): string {
  const inner = marks.map(mark).join('')
  return x || y ? `<g transform="translate(${x} ${y})">${inner}</g>` : `<g>${inner}</g>`
}

function mark(one: Mark): string {
  const look = attributes(lookOf(one.role, IN_A_FILE))
  if ('d' in one) return `<path${look} d="${one.d}"/>`
  const anchor = one.anchor ? ` text-anchor="${one.anchor}"` : ''
  // As wide as it was laid out, whichever typeface comes instead of the room's.
  const length = ` textLength="${Math.round(widthOf(one.text, one.size))}" lengthAdjust="spacingAndGlyphs"`
  return `<text${look}${anchor} x="${one.x}" y="${one.y}" font-size="${one.size}"${length}>${escaped(one.text)}</text>`
}

function attributes(look: Look): string {
  return Object.entries<string | number>({ ...look })
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}

/** Also out of what XML does not allow at all. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  )
}

/** Browsers refuse larger canvases. */
const LARGEST = 8_192

/** The same as dots, twice as fine as a screen where that is possible. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    image.src = address
    await image.decode()
    const scale = Math.min(2, LARGEST / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

export function keepFile(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // Some browsers begin to read only after the press.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
