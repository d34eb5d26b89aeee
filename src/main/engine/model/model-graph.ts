import { basename, dirname } from 'node:path'
import type { Provider } from '../../../shared/explanation/parameters.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { inspectGraph } from '../../graph/inspect.ts'
import type { ModelFolder } from './model-folder.ts'
import type { Session } from '../runtime/session.ts'
import { openSession } from '../runtime/session.ts'

/** Loads one of a model's graphs that needs no rewriting, after our own check that the file is safe to hand to ONNX Runtime. */
export async function openModelGraph(folder: ModelFolder, file: string, provider: Provider): Promise<Session> {
  const { largestInitializerBytes } = inspectGraph(file)
  try {
    return await openSession(file, { provider, foldingLimit: largestInitializerBytes })
  } catch (error) {
    return fail(
      'model-invalid',
      { model: folder.name, file: `${basename(dirname(file))}/${basename(file)}`, reason: 'cannot be loaded by ONNX Runtime' },
      error,
    )
  }
}

/** Checks that a graph has the input and the output it is to be used by. */
export function requireTensors(folder: ModelFolder, file: string, session: Session, input: string, output: string): void {
  const inputs = session.inputs.map(({ name }) => name)
  const outputs = session.outputs.map(({ name }) => name)
  if (inputs.includes(input) && outputs.includes(output)) return
  const expected = `an input "${input}" and an output "${output}"`
  const found = `inputs ${inputs.join(', ')} and outputs ${outputs.join(', ')}`
  fail('model-tensors', { model: folder.name, file: `${basename(dirname(file))}/${basename(file)}`, expected, found })
}
