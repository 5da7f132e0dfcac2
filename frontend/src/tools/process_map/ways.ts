/** How the way through a map stays whole when a step leaves its place. */

import type { Id, MapEdge } from '../../wire/types'

/** Past steps that are gone, where one arrow led to them and one led on: the arrow that heals the way. */
export function healed(
  edges: readonly MapEdge[],
  gone: ReadonlySet<Id>,
  arrow: Omit<MapEdge, 'from_id' | 'to_id'>,
): MapEdge[] {
  const stretches = stretchesOf(edges, gone)
  return stretches.flatMap((stretch, number) => {
    const ledIn = edges.filter((edge) => stretch.has(edge.to_id) && !stretch.has(edge.from_id))
    const ledOut = edges.filter((edge) => stretch.has(edge.from_id) && !stretch.has(edge.to_id))
    if (ledIn.length !== 1 || ledOut.length !== 1) return []
    const { from_id, label, share } = ledIn[0]!
    const { to_id } = ledOut[0]!
    const isTaken = edges.some((edge) => edge.from_id === from_id && edge.to_id === to_id)
    if (from_id === to_id || isTaken) return []
    const id = number === 0 ? arrow.id : `${arrow.id}-${number}`
    return [{ ...arrow, id, from_id, to_id, label, share, heals: [...stretch].sort() }]
  })
}

/** Steps that are gone and hang together. */
function stretchesOf(edges: readonly MapEdge[], gone: ReadonlySet<Id>): ReadonlySet<Id>[] {
  const left = new Set(gone)
  const stretches: Set<Id>[] = []
  for (const first of gone) {
    if (!left.delete(first)) continue
    const stretch = new Set([first])
    for (const id of stretch) {
      for (const { from_id, to_id } of edges) {
        const other = from_id === id ? to_id : to_id === id ? from_id : undefined
        if (other !== undefined && left.delete(other)) stretch.add(other)
      }
    }
    stretches.push(stretch)
  }
  return stretches
}
