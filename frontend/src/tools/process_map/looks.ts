/**
 * What each part of a picture looks like, once: as values of the room's tokens on a screen, as the light theme's own
 * on paper and in files. Attributes and no rules of style, so that a picture is the same wherever it is opened.
 */

export type Role = keyof typeof LOOKS

/** What a mark may say of itself. */
export interface Look {
  fill: string
  stroke?: string
  'stroke-width'?: number
  'stroke-dasharray'?: string
  'stroke-linejoin'?: 'round'
  'stroke-linecap'?: 'round'
  'font-weight'?: number
  'text-anchor'?: 'middle'
}

const ROUND: Pick<Look, 'stroke-linejoin' | 'stroke-linecap'> = {
  'stroke-linejoin': 'round',
  'stroke-linecap': 'round',
}
const MIDDLE: Pick<Look, 'text-anchor'> = { 'text-anchor': 'middle' }

/** A colour is a token's name in angle brackets. */
const LOOKS = {
  lane: { fill: '<wall-sunk>' },
  lane_name: { fill: '<ink-soft>', 'font-weight': 700 },
  pill: { fill: '<damson>' },
  pill_text: { fill: '<on-damson>', 'font-weight': 600, ...MIDDLE },
  box: { fill: '<paper>', stroke: '<edge>', 'stroke-width': 1.5, ...ROUND },
  fold: { fill: 'none', stroke: '<edge>', 'stroke-width': 1.5, ...ROUND },
  diamond: { fill: '<paper>', stroke: '<ink>', 'stroke-width': 2, 'stroke-linejoin': 'round' as const },
  wait: { fill: '<wait-wash>', stroke: '<wait>', 'stroke-width': 2, 'stroke-dasharray': '7 5' },
  longest: { fill: '<wait-wash>', stroke: '<wait>', 'stroke-width': 4, 'stroke-dasharray': '9 5' },
  cloud: { fill: '<paper>', stroke: '<ink-soft>', 'stroke-width': 2, 'stroke-dasharray': '2 4', ...ROUND },
  helps: { fill: 'none', stroke: '<good>', 'stroke-width': 6 },
  needed: { fill: 'none', stroke: '<edge>', 'stroke-width': 6, 'stroke-dasharray': '6 5' },
  text: { fill: '<ink>', 'font-weight': 600, ...MIDDLE },
  time: { fill: '<good>', 'font-weight': 700 },
  waiting: { fill: '<wait>', 'font-weight': 800 },
  glass: { fill: 'none', stroke: '<wait>', 'stroke-width': 1.75, ...ROUND },
  hot: { fill: '<ink>', stroke: '<wall-sunk>', 'stroke-width': 2 },
  hot_text: { fill: '<paper>', 'font-weight': 800, ...MIDDLE },
  note: { fill: '<paper-lift>', stroke: '<ink-soft>', 'stroke-width': 1.5, ...ROUND },
  edge: { fill: 'none', stroke: '<ink-soft>', 'stroke-width': 2 },
  head: { fill: '<ink-soft>' },
  label: { fill: '<ink>', 'font-weight': 700, ...MIDDLE },
  tag: { fill: '<lamp-wash>', stroke: '<ink>', 'stroke-width': 1.25 },
  tag_text: { fill: '<ink>', 'font-weight': 700 },
  added: { fill: 'none', stroke: '<accent>', 'stroke-width': 4 },
  removed: { fill: 'none', stroke: '<ink>', 'stroke-width': 2.5 },
} satisfies Record<string, Look>

export type Palette = (token: string) => string

export const ON_SCREEN: Palette = (token) => `var(--${token})`

/** The light theme by its values: a file knows no tokens. */
const LIGHT: Record<string, string> = {
  wall: '#f6efe3',
  'wall-sunk': '#ece2d2',
  paper: '#fffdf8',
  'paper-lift': '#ffffff',
  ink: '#261a20',
  'ink-soft': '#5e4e52',
  edge: '#877378',
  accent: '#64204e',
  damson: '#64204e',
  'lamp-wash': '#ffe9c2',
  'on-damson': '#fff3df',
  good: '#1c6248',
  wait: '#8f3d00',
  'wait-wash': '#fde5cd',
}

export const IN_A_FILE: Palette = (token) => LIGHT[token]!

/** Not every computer has the room's typeface; what comes instead is no wider. */
export const FILE_FONT = "'Atkinson Hyperlegible Next', 'Segoe UI', system-ui, -apple-system, sans-serif"

/** The same objects each time: hundreds of steps are drawn at once. */
const known = new Map<Palette, Map<Role, Look>>()

export function lookOf(role: Role, palette: Palette): Look {
  let looks = known.get(palette)
  if (!looks) known.set(palette, (looks = new Map()))
  let look = looks.get(role)
  if (!look) {
    const said: Look = LOOKS[role]
    look = { ...said, fill: coloured(said.fill, palette) }
    if (said.stroke) look.stroke = coloured(said.stroke, palette)
    looks.set(role, look)
  }
  return look
}

function coloured(said: string, palette: Palette): string {
  return said.replace(/^<(.+)>$/, (_, token: string) => palette(token))
}
