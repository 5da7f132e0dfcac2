/** What of a map is seen on the canvas: how large, and which part of it. */

import type { Viewport } from '@xyflow/svelte'

import { type Box, NAMES, type Point } from './geometry'
import type { Picture } from './picture'

/** As far out as one can go, unless all of the map is smaller. */
const LEAST = 0.2
export const MOST = 2
/** A map that is shown whole is not smaller than this at first; of a larger one, the beginning is, at a size to read. */
const READABLE = 0.6
const CLOSE = 0.85
const GLIDE_MS = 260
/** Of a large map so much more is drawn than is seen, so that it is there when it comes into view. */
const STRIDE = 480

export class Looking {
  viewport = $state.raw<Viewport>({ x: 0, y: 0, zoom: 1 })
  width = $state(0)
  height = $state(0)
  /** What is seen of the map is this person's choice. */
  hasMoved = $state(false)
  #moving = 0

  constructor(private readonly picture: () => Picture) {}

  readonly #across = $derived.by(() => (this.width || 1_200) / this.picture().frame.width)
  readonly least = $derived(Math.min(LEAST, this.#across * 0.98))

  /** As high as the map wants at a size that can be read. */
  readonly wanted = $derived.by(() => {
    const zoom = Math.min(1, this.#across < READABLE ? CLOSE : this.#across)
    return Math.round(this.picture().frame.height * zoom + 28)
  })

  /** In strides, so that it changes a few times while one goes across and not with every pixel. */
  readonly #strides = $derived.by(() => {
    const { x, y, zoom } = this.viewport
    const [left, top] = [-x / zoom / STRIDE, -y / zoom / STRIDE]
    const far = (pixels: number) => pixels / zoom / STRIDE
    return [left - 1, top - 1, left + far(this.width) + 2, top + far(this.height) + 2]
      .map(Math.floor)
      .join(' ')
  })

  readonly near: Box = $derived.by(() => {
    const [left, top, right, bottom] = this.#strides.split(' ').map((part) => Number(part) * STRIDE)
    return { x: left!, y: top!, width: right! - left!, height: bottom! - top! }
  })

  fitting(most: number): Viewport {
    const { frame } = this.picture()
    const [width, height] = [this.width, this.height]
    const zoom = Math.max(
      this.least,
      Math.min(most, (width - 16) / frame.width, (height - 16) / frame.height),
    )
    return {
      zoom,
      x: Math.max(0, (width - frame.width * zoom) / 2),
      y: Math.max(8, (height - frame.height * zoom) / 2),
    }
  }

  /** All of it where that can be read, else its beginning. */
  begun(): Viewport {
    const whole = this.fitting(1)
    return whole.zoom >= READABLE ? whole : { zoom: CLOSE, x: 0, y: 8 }
  }

  glideTo(goal: Viewport): void {
    this.stop()
    this.hasMoved = true
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.viewport = goal
      return
    }
    const from = this.viewport
    const begin = performance.now()
    const draw = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - begin) / GLIDE_MS))
      const eased = 1 - (1 - part) ** 3
      const between = (a: number, b: number) => a + (b - a) * eased
      this.viewport = {
        x: between(from.x, goal.x),
        y: between(from.y, goal.y),
        zoom: between(from.zoom, goal.zoom),
      }
      if (part < 1) this.#moving = requestAnimationFrame(draw)
    }
    this.#moving = requestAnimationFrame(draw)
  }

  zoomBy(factor: number): void {
    const { viewport, width, height } = this
    const zoom = Math.min(MOST, Math.max(this.least, viewport.zoom * factor))
    const by = zoom / viewport.zoom
    const [x, y] = [width / 2, height / 2]
    this.glideTo({ zoom, x: x - (x - viewport.x) * by, y: y - (y - viewport.y) * by })
  }

  /** Only where it is not seen already. */
  show(point: Point): void {
    const { zoom } = this.viewport
    const at = this.onScreen(point)
    const [side, edge] = [NAMES * zoom + 70, 60]
    if (at.x > side && at.x < this.width - 70 && at.y > edge && at.y < this.height - edge) return
    this.glideTo(this.#around(point))
  }

  lookAt(point: Point): void {
    this.stop()
    this.hasMoved = true
    this.viewport = this.#around(point)
  }

  #around({ x, y }: Point): Viewport {
    const { zoom } = this.viewport
    return { zoom, x: this.width / 2 - x * zoom, y: this.height / 2 - y * zoom }
  }

  onScreen({ x, y }: Point): Point {
    const { viewport } = this
    return { x: x * viewport.zoom + viewport.x, y: y * viewport.zoom + viewport.y }
  }

  onMap({ x, y }: Point): Point {
    const { viewport } = this
    return { x: (x - viewport.x) / viewport.zoom, y: (y - viewport.y) / viewport.zoom }
  }

  stop(): void {
    cancelAnimationFrame(this.#moving)
  }
}
