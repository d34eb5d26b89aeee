import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileTrouble } from '../../../../src/main/files/file-trouble.ts'

const systemError = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' })

describe('fileTrouble', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EADDRINUSE', 'another program listens there'],
    ['EXDEV', 'the system says EXDEV'],
  ])('words the error %s of the system', (code, reason) => {
    expect(fileTrouble(systemError(code))).toBe(reason)
  })

  it('leaves every other error alone', () => {
    const bugs = [new Error('a bug'), Object.assign(new Error('invalid argument'), { code: 'ERR_INVALID_ARG_TYPE' }), null, 'EIO']
    expect(bugs.map(fileTrouble)).toEqual([null, null, null, null])
  })

  it('is the only place that words an error of the system', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const wording = sources.filter((name) => /\bE[A-Z]{3,}: '/.test(readFileSync(join('src', name), 'utf8')))
    expect(wording).toEqual([join('main', 'files', 'file-trouble.ts')])
  })
})
