import './styles/index.css'

import { mount } from 'svelte'

import App from './App.svelte'
import { navigation } from './pages/navigation.svelte'
import { appearance } from './ui/appearance.svelte'
import { screen } from './ui/screen.svelte'
import { speak } from './wire/words'
import catalogue from './wire/words.gen.json?url'

const words = fetch(catalogue)
appearance.apply()
screen.measure()
navigation.arrive()
speak(await (await words).json())
mount(App, { target: document.getElementById('app')! })
