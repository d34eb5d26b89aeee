import { describe, expect, it } from 'vitest'
import { delimited } from '../../../../src/main/graph/file/wire.ts'
import { inspectGraph } from '../../../../src/main/graph/inspect.ts'
import { failureFrom, temporaryFolder, writeModel } from './model-folder.ts'

describe('inspectGraph', () => {
  it.each([
    ['nested a thousand times', () => deep(1000)],
    ['a million nodes', () => repeated([0x0a, 0x00], 1_000_000)],
    ['five million empty parts', () => repeated([0x72, 0x00], 5_000_000)],
    ['weights as lists of numbers', () => graphOf(field(5, field(4, new Uint8Array(9 * 2 ** 20))))],
  ])('refuses %s by code, before it fills the memory', async (_, make) => {
    const file = writeModel(temporaryFolder(), make())
    const before = process.memoryUsage().rss
    expect((await failureFrom(() => inspectGraph(file)))?.code).toBe('model-unsafe')
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)
  })
})

/** An If in an If in an If, as bytes, since making it as messages would be the same recursion. */
function deep(depth: number): Uint8Array {
  const inner = Array.from({ length: depth }).reduce<Uint8Array>(
    (graph) => field(1, field(5, field(6, graph))),
    new Uint8Array(0),
  )
  return graphOf(inner)
}

function repeated(field: readonly number[], times: number): Uint8Array {
  const bytes = new Uint8Array(field.length * times)
  for (let place = 0; place < bytes.length; place += field.length) bytes.set(field, place)
  return graphOf(bytes)
}

function graphOf(graph: Uint8Array): Uint8Array {
  return field(7, graph)
}

function field(number: number, body: Uint8Array): Uint8Array {
  return Buffer.concat(delimited(number, [body]))
}
