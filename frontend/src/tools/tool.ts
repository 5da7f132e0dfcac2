/** What a tool brings to the room at once: its name and its screens. The rest lies in files beside it. */

export interface Tool {
  name: string
  /**
   * By the first word of the place that shows them: `#board/value` shows `board`, a component with `at` = "value".
   * They come when they are wanted, so that the room shows sooner.
   */
  views: Record<string, () => Promise<{ default: unknown }>>
}
