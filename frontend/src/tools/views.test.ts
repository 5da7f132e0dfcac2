import { expect, test } from 'vitest'

import type { Tool } from './tool'
import { Views } from './views.svelte'

function tool(views: Tool['views']): Tool {
  return { name: 'test', views }
}

test('a view has come once it was fetched, and the others come behind it', async () => {
  const asked: string[] = []
  const load = (name: string) => async () => {
    asked.push(name)
    return { default: name }
  }
  const views = new Views([
    tool({ board: load('board'), themes: load('themes') }),
    tool({ aim: load('aim') }),
  ])
  expect(views.of('aim')).toBeUndefined()
  await views.fetchAll('aim')
  expect(asked).toEqual(['aim', 'board', 'themes'])
  expect([views.of('aim'), views.of('board'), views.of('themes')]).toEqual(['aim', 'board', 'themes'])
})

test('a view that did not come is asked for again', async () => {
  let isOffline = true
  const load = () => (isOffline ? Promise.reject(new Error('offline')) : Promise.resolve({ default: 'here' }))
  const views = new Views([tool({ board: load })])
  await views.fetch('board')
  expect(views.hasFailed('board')).toBe(true)
  isOffline = false
  await views.fetch('board')
  expect(views.hasFailed('board')).toBe(false)
  expect(views.of('board')).toBe('here')
})

test('a place that no tool shows is told from one that is still coming', () => {
  const views = new Views([tool({ board: () => Promise.resolve({ default: null }) })])
  expect(views.has('board')).toBe(true)
  expect(views.has('nowhere')).toBe(false)
})
