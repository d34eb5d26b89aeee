import { describe, expect, it } from 'vitest'
import { exitInWords, type ProcessExit } from '../../../../../../src/main/engine/process/parent/launcher.ts'
import { nodeLauncher, paredEnvironment } from '../../../../../../src/main/engine/process/parent/node-launcher.ts'

describe('nodeLauncher', () => {
  it('reports a program that is not there as an exit with its last output, and swallows what is sent to it', async () => {
    const port = nodeLauncher(new URL('../../../process/there-is-no-such-program.ts', import.meta.url)).launch()
    port.postMessage({ kind: 'ping' })
    const exit = await new Promise<ProcessExit>((resolve) => port.onExit(resolve))
    port.postMessage({ kind: 'ping' })
    port.kill()
    expect(exitInWords(exit)).toBe('exit code 1')
    expect(exit.lastOutput).toContain('there-is-no-such-program.ts')
  })
})

describe('paredEnvironment', () => {
  it('passes on where things are and nothing else', () => {
    const environment = {
      PATH: '/bin',
      LC_ALL: 'C',
      CUDA_PATH: '/c',
      NODE_OPTIONS: '--inspect',
      GITHUB_TOKEN: 's',
      MY_PATH: '/x',
      NODE_PATH: '/y',
    }
    expect(paredEnvironment(environment)).toEqual({ PATH: '/bin', LC_ALL: 'C', CUDA_PATH: '/c' })
  })
})

describe('exitInWords', () => {
  const exit: ProcessExit = { code: null, signal: null, launchError: null, lastOutput: '' }
  it.each([
    [{ ...exit, signal: 'SIGKILL' }, 'killed by SIGKILL'],
    [{ ...exit, code: 0 }, 'exit code 0'],
    [{ ...exit, launchError: 'no more processes' }, 'it could not be started: no more processes'],
  ])('says %o as "%s"', (how, words) => {
    expect(exitInWords(how)).toBe(words)
  })
})
