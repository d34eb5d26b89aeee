import { present } from '../../../shared/values/element.ts'
import type { Provider } from '../../../shared/explanation/parameters.ts'
import { openModelGraph, requireTensors } from '../model/model-graph.ts'
import type { ModelFolder } from '../model/model-folder.ts'
import { integers } from '../runtime/session.ts'

/** Looks up the embeddings of tokens. */
export interface TokenEmbedder {
  /** Embeddings that enter the decoder, `[tokens, hidden]`. */
  embed(ids: readonly number[]): Promise<Float32Array>
  /** Frees its session. */
  release(): Promise<void>
}

/** Loads a model's token embeddings. */
export async function openTokenEmbedder(folder: ModelFolder, provider: Provider): Promise<TokenEmbedder> {
  const session = await openModelGraph(folder, folder.files.embedTokens, provider)
  requireTensors(folder, folder.files.embedTokens, session, 'input_ids', 'inputs_embeds')
  return {
    embed: async (ids) => {
      if (ids.length === 0) return new Float32Array(0)
      const { inputs_embeds: embeddings } = await session.run({ input_ids: integers(ids, 1, ids.length) }, ['inputs_embeds'])
      return present(embeddings, 'the output inputs_embeds').data
    },
    release: () => session.release(),
  }
}
