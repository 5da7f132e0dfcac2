import { beforeAll, expect, test } from 'vitest'

import { speak } from '../wire/words'
import words from '../wire/words.gen.json'
import { invitationText } from './invitation'

const INVITED = {
  room: 'Sepsis pathway',
  part: 'member' as const,
  url: 'https://bigroom.example/join#token=abc',
  origin: 'https://bigroom.example',
  code: '8QW2M4CX',
}

beforeAll(() => speak(words))

test('one text carries the link, the address, the code and the page that tries out the computer', () => {
  const text = invitationText(INVITED)
  expect(text).toContain('Sepsis pathway')
  expect(text).toContain('https://bigroom.example/join#token=abc')
  expect(text).toMatch(/bigroom\.example .*8QW2 M4CX/)
  expect(text).toContain('https://bigroom.example/check')
  expect(text).toContain('https://bigroom.example/practise')
  expect(text).not.toMatch(/[{}]/)
})

test('without a code that works now it says where the code will stand', () => {
  const text = invitationText({ ...INVITED, code: null })
  expect(text).toContain('bigroom.example')
  expect(text).not.toContain('null')
  expect(text).not.toMatch(/[{}]/)
})

test.each(['coach', 'wall'] as const)("a %s's link is for one computer: no code stands beside it", (part) => {
  const text = invitationText({ ...INVITED, part })
  expect(text).toContain(INVITED.url)
  expect(text).not.toContain('8QW2')
})
