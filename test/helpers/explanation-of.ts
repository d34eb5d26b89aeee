import type { Engine, ExplainRequest } from '../../src/main/engine/engine.ts'
import type { Explanation } from '../../src/shared/explanation/record.ts'

/** Lets an engine explain and gives the finished explanation. */
export async function explanationOf(engine: Engine, request: ExplainRequest): Promise<Explanation> {
  for await (const event of engine.explain(request, new AbortController().signal))
    if (event.kind === 'done') return event.explanation
  throw new Error('the engine ended without an explanation')
}
