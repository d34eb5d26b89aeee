import type { FailureCode } from '../../shared/contract/failure.ts'

/** What the exit status says; scripts rely on the numbers. */
export const exitStatuses = {
  done: [0, 'done'],
  bug: [1, 'an unexpected error, a bug in Whence'],
  usage: [2, 'wrong options, prompt, target, token or question'],
  input: [3, 'a picture, prompt or explanation file cannot be used'],
  model: [4, 'the model cannot be used'],
  engine: [5, 'the engine or the device failed'],
  output: [6, 'an output cannot be written'],
  cancelled: [130, 'cancelled with Ctrl-C'],
} as const

/** A way to end. */
export type Ending = keyof typeof exitStatuses

const endings: Readonly<Record<FailureCode, Ending>> = {
  'option-invalid': 'usage',
  'picture-missing': 'input',
  'picture-unreadable': 'input',
  'picture-unsupported': 'input',
  'picture-too-large': 'input',
  'picture-damaged': 'input',
  'picture-needed': 'input',
  'picture-refused': 'input',
  'prompt-empty': 'usage',
  'prompt-too-long': 'usage',
  'prompt-unreadable': 'input',
  'prompt-image-token': 'usage',
  'file-unreadable': 'input',
  'target-empty': 'usage',
  'target-too-long': 'usage',
  'text-too-long': 'usage',
  'completion-empty': 'usage',
  'token-out-of-range': 'usage',
  'candidate-unknown': 'usage',
  'layer-out-of-range': 'usage',
  'position-out-of-range': 'usage',
  'model-missing': 'model',
  'model-file-missing': 'model',
  'model-invalid': 'model',
  'model-tensors': 'model',
  'model-attention-unknown': 'model',
  'model-unsafe': 'model',
  'model-not-finite': 'model',
  'model-quarantined': 'model',
  'tokenizer-invalid': 'model',
  'device-unavailable': 'engine',
  'engine-crashed': 'engine',
  'engine-stuck': 'engine',
  'out-of-memory': 'engine',
  'output-unwritable': 'output',
  'data-damaged': 'input',
  'method-unknown': 'usage',
  'method-native': 'usage',
  'request-invalid': 'usage',
  'request-too-large': 'usage',
  'request-stalled': 'usage',
  'verb-refused': 'usage',
  'body-refused': 'usage',
  'page-missing': 'usage',
  'host-refused': 'usage',
  'origin-refused': 'usage',
  'token-wrong': 'usage',
  'attempts-exceeded': 'usage',
  'too-much-at-once': 'usage',
  'address-refused': 'usage',
  'address-unusable': 'usage',
  'connection-lost': 'bug',
  internal: 'bug',
  'profile-locked': 'usage',
  'profile-newer': 'usage',
  'library-unusable': 'output',
  'entry-missing': 'usage',
  'entry-numbers-gone': 'usage',
  'picture-forgotten': 'usage',
  cancelled: 'cancelled',
}

/** Exit status of an expected failure. */
export function exitStatusOf(code: FailureCode): number {
  return exitStatuses[endings[code]][0]
}

/** The statuses as lines for `--help`. */
export function exitStatusHelp(): string {
  return Object.values(exitStatuses)
    .map(([status, meaning]) => `  ${String(status).padEnd(5)}${meaning}`)
    .join('\n')
}
