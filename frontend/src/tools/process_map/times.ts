/** Times as people type and read them: what was typed is kept, sums are shown in the map's unit. */

import type { MapTime, ProcessMap } from '../../wire/types'
import { t } from '../../wire/words'

export type Unit = ProcessMap['unit']

export const UNITS: readonly Unit[] = ['minutes', 'hours', 'days']
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 }

const usual = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })
const short = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** "20 min", "1.5 hours", "1 day". */
export function timeWords({ amount, unit }: MapTime): string {
  return t(`process_map.time_${unit}`, { count: amount, amount: usual.format(amount) })
}

/** The same, short enough for a field: "20", "1.5 h". The map's own unit goes without saying. */
export function typed(time: MapTime | null, unit: Unit): string {
  if (time === null) return ''
  const amount = String(time.amount)
  return time.unit === unit ? amount : `${amount} ${t(`process_map.short_${time.unit}`)}`
}

const TIME = /^(\d{1,6}(?:[.,]\d{1,2})?)\s*(\p{L}*)\.?$/u

/** What somebody typed: null for nothing, undefined for what is no time. A bare number is in the map's unit. */
export function readTime(text: string, unit: Unit): MapTime | null | undefined {
  const found = text.trim()
  if (found === '') return null
  const [, amount, word] = TIME.exec(found) ?? []
  const said = word ? UNITS.find((one) => wordsFor(one).includes(word.toLowerCase())) : unit
  if (amount === undefined || said === undefined) return undefined
  return { amount: Number(amount.replace(',', '.')), unit: said }
}

function wordsFor(unit: Unit): string[] {
  return t(`process_map.read_${unit}`).split(' ')
}

export function minutesOf({ amount, unit }: MapTime): number {
  return amount * MINUTES[unit]
}

/** A sum of minutes as a number of the map's unit: 95, 1.6. */
export function numberIn(minutes: number, unit: Unit): string {
  return short.format(minutes / MINUTES[unit])
}

/** The same with its unit: "95 min", "1.6 hours". */
export function wordsIn(minutes: number, unit: Unit): string {
  const amount = Number((minutes / MINUTES[unit]).toFixed(1))
  return t(`process_map.time_${unit}`, { count: amount, amount: short.format(amount) })
}

export function percent(share: number): string {
  return t('process_map.percent', { n: Math.round(share) })
}
