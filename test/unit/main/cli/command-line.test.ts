import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completionFile } from '../../../../src/main/export/data/completion-json.ts'
import { explanationFile } from '../../../../src/shared/explanation/file/record-file.ts'
import { runProgram } from './run-program.ts'

const picture = resolve('resources/samples/cats.png')
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whence-cli-'))
})
afterEach(() => rm(folder, { recursive: true }))

const oneSentence = /^[a-z-]+: [^\n]+\.\n$/

describe('whence refuses', () => {
  it.each([
    [['explain', '--nonsense'], 2, 'option-invalid'],
    [['explain', picture, '--promt', 'x'], 2, 'option-invalid'],
    [['nonsense'], 2, 'option-invalid'],
    [['explain', picture, picture], 2, 'option-invalid'],
    [['explain', picture, '--f', '1.5'], 2, 'option-invalid'],
    [['explain', picture, '--f'], 2, 'option-invalid'],
    [['explain', picture, '--prompt', 'x', '--prompt', 'y'], 2, 'option-invalid'],
    [['explain', picture, '--prompt', 'x', '--prompt-file', 'y'], 2, 'option-invalid'],
    [['explain', picture, '--json', '-', '--csv', '-'], 2, 'option-invalid'],
    [['explain', picture, '--json', '--csv'], 2, 'option-invalid'],
    [['explain', '--prompt', 'x', '--inputs', 'image'], 2, 'option-invalid'],
    [['explain', picture, '--prompt', ''], 2, 'prompt-empty'],
    [['explain'], 2, 'prompt-empty'],
    [['generate'], 2, 'prompt-empty'],
    [['explain', picture, '--target', ''], 2, 'target-empty'],
    [['explain', picture, '--prompt', 'fail token-out-of-range'], 2, 'token-out-of-range'],
    [['explain', 'missing.png'], 3, 'picture-missing'],
    [['explain', '.'], 3, 'picture-unreadable'],
    [['explain', '--prompt-file', 'missing.txt'], 3, 'prompt-unreadable'],
    [['explain', picture, '--model', 'missing'], 4, 'model-missing'],
    [['models', 'info', 'missing'], 4, 'model-missing'],
    [['explain', picture, '--prompt', 'fail model-invalid'], 4, 'model-invalid'],
    [['explain', picture, '--prompt', 'fail device-unavailable'], 5, 'device-unavailable'],
    [['explain', picture, '--prompt', 'fail out-of-memory'], 5, 'out-of-memory'],
    [['explain', picture, '--json', 'missing/x.json'], 6, 'output-unwritable'],
    [['explain', picture, '--out', `${picture}/maps`], 6, 'output-unwritable'],
  ])('%j with status %i and one sentence on the standard error', async (args, status, code) => {
    const run = await runProgram(args, { folder })
    expect(run).toMatchObject({ status, stdout: '' })
    expect(run.stderr).toMatch(oneSentence)
    expect(run.stderr.split(':')[0]).toBe(code)
    expect(await readdir(folder)).toEqual([])
  })

  it('a prompt file that is not UTF-8', async () => {
    await writeFile(join(folder, 'prompt'), Buffer.of(0x54, 0xff, 0xfe))
    const run = await runProgram(['explain', '--prompt-file', 'prompt'], { folder })
    expect(run).toMatchObject({
      status: 3,
      stderr: 'prompt-unreadable: The prompt file "prompt" cannot be read: it is not UTF-8 text.\n',
    })
  })

  it('names with line ends and escapes in one plain line', async () => {
    const run = await runProgram(['explain', 'a\nb\u001b[31m.png'], { folder })
    expect(run.stderr).toBe('picture-missing: There is no picture "a b\uFFFD[31m.png".\n')
  })

  it('a bug by its name, with the error under it', async () => {
    const run = await runProgram(['explain', picture, '--prompt', 'bug'], { folder })
    expect(run).toMatchObject({ status: 1, stdout: '' })
    expect(run.stderr).toMatch(/^bug: .*\nError: the fake engine broke\n/)
  })

  it('no command with the help', async () => {
    const run = await runProgram([])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('Usage: whence')
  })
})

describe('whence tells', () => {
  it('its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
    expect(await runProgram(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([['explain'], ['generate'], ['models'], ['bench'], ['start']])('how to use %s, with an example', async (command) => {
    const run = await runProgram([command, '--help'])
    expect(run).toMatchObject({ status: 0, stderr: '' })
    expect(run.stdout).toMatch(/Examples?:\n {2}\S/)
  })

  it('every exit status', async () => {
    const { stdout } = await runProgram(['--help'])
    for (const status of [0, 1, 2, 3, 4, 5, 6, 130]) expect(stdout).toMatch(new RegExp(`^ {2}${status} +\\S`, 'm'))
  })
})

describe('whence explain', () => {
  it('writes one object and nothing else with --json -', async () => {
    const run = await runProgram(['explain', picture, '--json', '-'])
    expect(run.status).toBe(0)
    expect(explanationFile.parse(JSON.parse(run.stdout)).prompt.text).toBe('This is a picture of')
  })

  it('writes files at their places and a plain report to a pipe', async () => {
    const run = await runProgram(['explain', picture, '--json', 'a.json', '--csv', 'a.csv'], { folder })
    expect(run.status).toBe(0)
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'a.json'])
    expect(run.stdout.split('\n').slice(0, 3)).toEqual([
      'completion\t" three cats."',
      'index\tsegment\ttoken\tlogprob\trow\tcolumn\trelevance\twords',
      expect.stringMatching(/^0\tcompletion\t" three"\t-0\.1000\t4\t3\t2\.4000\t"/),
    ])
  })

  it('has no colours in a pipe, and colours when forced', async () => {
    const plain = await runProgram(['explain', picture])
    const forced = await runProgram(['explain', picture], { env: { FORCE_COLOR: '3' } })
    expect(plain.stdout).not.toContain('\u001b')
    expect(forced.stdout).toContain('\u001b[48;2;')
  })

  it('draws a picture of every token and one of them all', async () => {
    const run = await runProgram(['explain', picture, '--out', 'new/maps'], { folder })
    expect(run.status).toBe(0)
    const names = await readdir(join(folder, 'new', 'maps'))
    expect(names.sort()).toEqual(['00-three.png', '01-cats.png', '02-full-stop.png', 'completion.png'])
    for (const name of names) expect((await sharp(join(folder, 'new', 'maps', name)).metadata()).width).toBe(1800)
  })

  it('keeps the old file when the work fails', async () => {
    await writeFile(join(folder, 'a.json'), 'old')
    await runProgram(['explain', picture, '--prompt', 'bug', '--json', 'a.json'], { folder })
    expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['a.json'])
  })

  it.each([
    ['Text.\n', 'Text.'],
    ['Text.\r\n', 'Text.'],
    ['Text.\n\n', 'Text.\n'],
    ['  Text. ', '  Text. '],
  ])('takes the prompt %j from a file as %j', async (content, prompt) => {
    await writeFile(join(folder, 'prompt.txt'), content)
    const fromFile = await runProgram(['explain', '--prompt-file', 'prompt.txt', '--json', '-'], { folder })
    const fromInput = await runProgram(['explain', '--prompt-file', '-', '--json', '-'], { input: content })
    expect(explanationFile.parse(JSON.parse(fromFile.stdout)).prompt.text).toBe(prompt)
    expect(fromInput.stdout).toBe(fromFile.stdout)
  })

  it('tells progress on the standard error', async () => {
    const run = await runProgram(['explain', picture, '--json', '-'])
    expect(run.stderr).toBe('sweep 50 of 100 passes\nsweep 100 of 100 passes\n')
  })
})

describe('Ctrl-C', () => {
  it('cancels, leaves nothing behind and ends with 130', async () => {
    const run = await runProgram(['explain', picture, '--prompt', 'hang', '--json', 'a.json', '--out', 'maps'], {
      folder,
      onError: (text, child) => text.includes('sweep') && child.kill('SIGINT'),
    })
    expect(run).toMatchObject({ status: 130, stdout: '' })
    expect(run.stderr).toMatch(/\ncancelled: Cancelled\.\n$/)
    expect(await readdir(folder)).toEqual([])
  })

  it('ends work that does not listen', async () => {
    const run = await runProgram(['explain', picture, '--prompt', 'stuck'], {
      onError: (text, child) => text.includes('stuck') && child.kill('SIGINT'),
    })
    expect(run).toMatchObject({ status: 130, stderr: 'stuck\ncancelled: Cancelled.\n' })
  })
})

describe('whence generate', () => {
  it('writes the text', async () => {
    expect(await runProgram(['generate', picture])).toMatchObject({ status: 0, stdout: ' three cats.\n', stderr: '' })
  })

  it('writes one object and nothing else with --json -', async () => {
    const run = await runProgram(['generate', picture, '--json', '-', '--temperature', '0.5', '--seed', '7'])
    const file = completionFile.parse(JSON.parse(run.stdout))
    expect(file.completion.text).toBe(' three cats.')
    expect(file.parameters.sampling).toEqual({ maxNewTokens: 48, temperature: 0.5, topK: 0, topP: 1, seed: 7 })
  })
})

describe('whence models', () => {
  it('lists the model that comes with it', async () => {
    const run = await runProgram(['models', 'list'])
    expect(run).toMatchObject({ status: 0, stderr: '' })
    expect(run.stdout).toMatch(/^whence-scenes\t\S/m)
  })
})
