import './styles/index.css'

import { mount } from 'svelte'

import App from './App.svelte'
import { navigation } from './pages/navigation.svelte'
import { pageOf } from './pages/pages'
import { appearance } from './ui/appearance.svelte'
import { speak } from './wire/words'
import catalogue from './wire/words.gen.json?url'

const TRY_AGAIN = 2_000

appearance.apply()
navigation.arrive()
// The page and the words are on their way at the same time.
void pageOf(navigation.route)
void begin()

async function begin(): Promise<void> {
  try {
    const answer = await fetch(catalogue)
    speak((await answer.json()) as Record<string, string>)
  } catch {
    setTimeout(() => void begin(), TRY_AGAIN)
    return
  }
  mount(App, { target: document.getElementById('app')! })
}
