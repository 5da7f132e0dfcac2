/** Pictures for buttons: lines on a field of 24, after the lucide set (ISC). Always beside a word or a name. */
export const PATHS = {
  check: 'M20 6 9 17l-5-5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M18 6 6 18M6 6l12 12',
  plus: 'M12 5v14M5 12h14',
  next: 'm9 6 6 6-6 6',
  back: 'm15 6-6 6 6 6',
  down: 'm6 9 6 6 6-6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19Z',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  warning: 'M12 8v5m0 3v.01M12 3 2 20h20Z',
  cloud: 'M17.5 19a4.5 4.5 0 0 0 .4-9A6.5 6.5 0 0 0 5.3 11.6 3.8 3.8 0 0 0 6 19Z',
  cloudOff: 'M3 3l18 18M6.6 9A4.5 4.5 0 0 0 7 18h9M10 5.5a6 6 0 0 1 8 5 3.8 3.8 0 0 1 2.6 5.5',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4l3 2',
  wall: 'M3 5h18v12H3zM8 21h8M12 17v4',
  people:
    'M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.8M18 14.3c2 .8 3.1 2.7 3.5 5.7',
  print: 'M7 9V3h10v6M7 17H4v-7h16v7h-3M7 14h10v7H7z',
  home: 'M3 11 12 4l9 7M6 9.5V20h12V9.5',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  link: 'M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7L12 5M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7 7L12 19',
  bin: 'M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  move: 'M5 12h14m-5-5 5 5-5 5',
  up: 'M12 19V5m-6 6 6-6 6 6',
  star: 'm12 3 2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-3-5.6 3 1.1-6.2L3 9.6l6.2-.9Z',
  door: 'M14 4h5v16h-5M3 12h11m-4-4 4 4-4 4',
  text: 'M3 19 8 5l5 14M4.8 14h6.4M15 19l3-8 3 8M16 16h4',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.2 9a2.9 2.9 0 1 1 4.2 2.6c-.9.5-1.4 1-1.4 2.1M12 17v.01',
  key: 'M14.5 9.5 21 3m-3 0 3 3-2 2M8.5 10a5 5 0 1 0 0 10 5 5 0 0 0 0-10',
} as const

export type IconName = keyof typeof PATHS
