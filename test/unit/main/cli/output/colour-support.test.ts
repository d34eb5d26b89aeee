import { describe, expect, it } from 'vitest'
import { colourDepth } from '../../../../../src/main/cli/output/colour-support.ts'

const terminal = (bits: number) => ({ isTTY: true, getColorDepth: () => bits })

describe('colourDepth', () => {
  it.each([
    ['a pipe', {}, {}, 'none'],
    ['a terminal with all colours', terminal(24), {}, '24-bit'],
    ['a terminal with 256 colours', terminal(8), {}, '256'],
    ['a terminal with 16 colours, which are the user’s own', terminal(4), {}, 'none'],
    ['NO_COLOR in a terminal', terminal(24), { NO_COLOR: '1' }, 'none'],
    ['an empty NO_COLOR', terminal(24), { NO_COLOR: '' }, '24-bit'],
    ['a dumb terminal', terminal(24), { TERM: 'dumb' }, 'none'],
    ['FORCE_COLOR in a pipe', {}, { FORCE_COLOR: '1' }, '256'],
    ['FORCE_COLOR=3 in a pipe', {}, { FORCE_COLOR: '3' }, '24-bit'],
    ['FORCE_COLOR=0 in a terminal', terminal(24), { FORCE_COLOR: '0' }, 'none'],
  ] as const)('%s: %j %j has %s', (_, stream, env, depth) => {
    expect(colourDepth(stream, env)).toBe(depth)
  })
})
