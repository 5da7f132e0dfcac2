/** What is said of the hour as it goes: an item begins, half of it is over, one minute is left, its time is up. */

import { untrack } from 'svelte'

import type { Room } from '../../../room/room.svelte'
import { announce } from '../../../ui/announcer.svelte'
import { t } from '../../../wire/words'
import { type Hour, isTold } from './hour'
import { leadOf } from './lead'
import { type Cue, cue, left } from './timing'

type Reads = Pick<Room, 'all' | 'get' | 'me'>

export class Cues {
  #before: { hour: Hour; left: number } | undefined
  #hasLooked = false

  constructor(
    private readonly room: Reads,
    private readonly sounds: (cue: Cue) => void = () => {},
    private readonly says: (words: string) => void = announce,
  ) {}

  /** With each beat, and whenever the hour changes. */
  look(hour: Hour | undefined, now: number): void {
    untrack(() => this.#look(hour, now))
  }

  #look(hour: Hour | undefined, now: number): void {
    const before = this.#before
    const isFirst = !this.#hasLooked
    this.#hasLooked = true
    this.#before = hour && { hour, left: left(hour.item, now) }
    // Who comes in late sees what is on, and is told of what comes next.
    if (isFirst) return
    if (!hour) {
      if (before) this.says(t('meetings.hour.has_ended'))
    } else if (before?.hour.item.id !== hour.item.id) this.#began(hour)
    else {
      this.#changed(before.hour, hour)
      const heard = cue(hour.item, before.left, this.#before!.left)
      if (heard && !isTold(this.room, hour.item)) this.#cued(heard, hour)
    }
  }

  #began({ item, number }: Hour): void {
    const count = Math.round(item.seconds / 60)
    const lead = leadOf(this.room, item)
    const words = t('meetings.hour.item_begins', { number, title: item.title, count })
    this.says(lead ? `${words} ${t('meetings.hour.item_led', { name: lead })}` : words)
  }

  #changed(before: Hour, { meeting, item }: Hour): void {
    if (!before.meeting.paused_at && meeting.paused_at) this.says(t('meetings.hour.has_paused'))
    if (before.meeting.paused_at && !meeting.paused_at) this.says(t('meetings.hour.has_resumed'))
    const more = Math.round((item.seconds - before.item.seconds) / 60)
    if (more > 0) this.says(t('meetings.hour.has_more_time', { count: more }))
  }

  #cued(heard: Cue, { item }: Hour): void {
    this.says(t(`meetings.hour.cue_${heard}`, { title: item.title }))
    this.sounds(heard)
  }
}
