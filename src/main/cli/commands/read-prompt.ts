import { open } from 'node:fs/promises'
import { fail } from '../../../shared/contract/failure.ts'
import { fileTrouble } from '../../files/file-trouble.ts'
import type { PromptChoice } from '../options/choices.ts'

/** Longest prompt file, in bytes; far more than any model has room for. */
const longestFile = 1024 * 1024

/**
 * The prompt, from the command line, a file or the standard input. One newline at the end of a file is dropped; nothing else is changed.
 * @throws `prompt-unreadable` or `prompt-empty`
 */
export async function readPrompt(choice: PromptChoice, stdin: AsyncIterable<Uint8Array | string>): Promise<string> {
  if (choice.kind === 'text') return choice.text
  const name = choice.path === '-' ? 'standard input' : choice.path
  const bytes = choice.path === '-' ? await collect(stdin, name) : await readFile(choice.path)
  const text = decode(bytes, name).replace(/\r?\n$/, '')
  return text === '' ? fail('prompt-empty', {}) : text
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r')
    if ((await file.stat()).isDirectory()) fail('prompt-unreadable', { name: path, reason: 'it is a folder' })
    return await collect(file.createReadStream({ autoClose: false }), path)
  } catch (error) {
    const trouble = fileTrouble(error)
    if (trouble === null) throw error
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : trouble
    return fail('prompt-unreadable', { name: path, reason }, error)
  }
}

async function collect(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length > longestFile) fail('prompt-unreadable', { name, reason: 'it is larger than 1 MiB' })
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    return fail('prompt-unreadable', { name, reason: 'it is not UTF-8 text' }, error)
  }
}
