import { present } from '../../shared/values/element.ts'
import { inspectGraph } from '../graph/inspect.ts'
import { matmulModel } from '../graph/matmul-model.ts'
import type { LoadedModel } from '../engine/model/model.ts'
import { openModelFolder } from '../engine/model/model-folder.ts'
import { floats, openSession } from '../engine/runtime/session.ts'

/** Edge of the matrices multiplied: large enough that nothing but multiplying counts, small enough for the caches to help. */
const edge = 1536
const tries = 8

/** The most float32 operations a second that ONNX Runtime reaches on this processor, in one large matrix product. */
export async function matrixPeak(): Promise<number> {
  const session = await openSession(matmulModel(), { provider: 'cpu', foldingLimit: 1 << 20 })
  const feeds = { x: floats(new Float32Array(edge * edge).fill(0.5), edge, edge) }
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < tries; attempt++) {
    const started = performance.now()
    await session.run(feeds, ['y'])
    best = Math.min(best, performance.now() - started)
  }
  await session.release()
  return (2 * edge ** 3) / (best / 1000)
}

/** Operations of one full pass over a sequence: every weight matrix once per position, and the two products of attention. */
export async function passWork(model: LoadedModel, folder: string, length: number): Promise<number> {
  const { files } = await openModelFolder(folder)
  const { graph } = inspectGraph(files.decoder).model
  const weights = present(graph, 'the graph of the decoder')
    .initializer.filter(({ dims }) => dims.length === 2)
    .reduce((sum, { dims }) => sum + Number(dims[0]) * Number(dims[1]), 0)
  const { layers, heads, headSize } = model.info
  return 2 * length * weights + 4 * length * length * heads * headSize * layers
}
