/** Names of the inputs and outputs that a rewritten decoder has beside its own. */
export const addedTensors = {
  /** Input: factors over all keys, `[batch, keys]`. */
  factors: 'atman_factors',
  /** Input: 1 for a layer that the factors change, 0 for one they leave, `[layers]`. */
  layers: 'atman_layers',
  /** Input: places of the targets among the new tokens, `[targets]`. */
  positions: 'target_positions',
  /** Input: vocabulary entries asked for at each target, `[targets, ids]`. */
  ids: 'target_ids',
  /** Output: scores of the whole vocabulary, `[batch, targets, vocabulary]`. */
  logits: 'target_logits',
  /** Output: log-probabilities of the ids in nats, `[batch, targets, ids]`. */
  logprobs: 'target_logprobs',
} as const
