import './styles/index.css'

import { mount } from 'svelte'

import App from './App.svelte'
import { navigation } from './pages/navigation.svelte'
import { appearance } from './ui/appearance.svelte'
import { screen } from './ui/screen.svelte'

appearance.apply()
screen.measure()
navigation.arrive()
mount(App, { target: document.getElementById('app')! })
