/**
 * Everything that can be expected to go wrong, each with what its sentence needs. A code is a promise: scripts and the contract rely on it.
 * Names in the data are what the person chose (a file name they typed), never another path of the machine.
 */
export interface FailureData {
  'option-invalid': { readonly option: string; readonly reason: string }
  'picture-missing': { readonly name: string }
  'picture-unreadable': { readonly name: string; readonly reason: string }
  'picture-unsupported': { readonly name: string; readonly found: string }
  'picture-too-large': { readonly name: string; readonly limit: string }
  'picture-damaged': { readonly name: string }
  'picture-needed': { readonly model: string }
  'picture-refused': { readonly model: string }
  'prompt-empty': Record<never, never>
  'prompt-too-long': { readonly tokens: number; readonly most: number; readonly picture: number }
  'prompt-unreadable': { readonly name: string; readonly reason: string }
  'prompt-image-token': { readonly token: string }
  'file-unreadable': { readonly name: string; readonly reason: string }
  'text-too-long': { readonly characters: number; readonly most: number }
  'target-empty': Record<never, never>
  'target-too-long': { readonly tokens: number; readonly most: number }
  'completion-empty': Record<never, never>
  'token-out-of-range': { readonly token: number; readonly tokens: number }
  'candidate-unknown': { readonly token: string; readonly candidate: string }
  'layer-out-of-range': { readonly layer: number; readonly layers: number }
  'position-out-of-range': { readonly position: number; readonly positions: number }
  'model-missing': { readonly name: string }
  'model-file-missing': { readonly model: string; readonly file: string }
  'model-invalid': { readonly model: string; readonly file: string; readonly reason: string }
  'model-tensors': { readonly model: string; readonly file: string; readonly expected: string; readonly found: string }
  'model-attention-unknown': { readonly model: string; readonly expected: string; readonly histogram: string }
  'model-unsafe': { readonly model: string; readonly file: string; readonly reason: string }
  'model-not-finite': { readonly model: string }
  'model-quarantined': { readonly model: string }
  'tokenizer-invalid': { readonly model: string; readonly reason: string }
  'device-unavailable': { readonly device: string; readonly reason: string }
  'engine-crashed': { readonly reason: string }
  'engine-stuck': Record<never, never>
  'out-of-memory': Record<never, never>
  'output-unwritable': { readonly name: string; readonly reason: string }
  'data-damaged': { readonly reason: string }
  'method-unknown': { readonly method: string }
  'method-native': { readonly method: string }
  'request-invalid': { readonly method: string; readonly reason: string }
  'request-too-large': { readonly limit: string }
  'request-stalled': Record<never, never>
  'verb-refused': { readonly allowed: string }
  'body-refused': { readonly expected: string }
  'page-missing': Record<never, never>
  'host-refused': Record<never, never>
  'origin-refused': Record<never, never>
  'token-wrong': Record<never, never>
  'attempts-exceeded': Record<never, never>
  'too-much-at-once': { readonly what: string; readonly most: number }
  'address-refused': { readonly address: string }
  'address-unusable': { readonly address: string; readonly reason: string }
  'connection-lost': Record<never, never>
  internal: Record<never, never>
  'profile-locked': Record<never, never>
  'profile-newer': { readonly folder: string }
  'library-unusable': { readonly reason: string }
  'entry-missing': Record<never, never>
  'entry-numbers-gone': { readonly model: string }
  'picture-forgotten': Record<never, never>
  cancelled: Record<never, never>
}

/** Stable name of an expected failure. */
export type FailureCode = keyof FailureData

/** An expected failure: a code and what its sentence needs. A plain value, so it crosses processes unchanged. */
export type Failure = { readonly [Code in FailureCode]: { readonly code: Code; readonly data: FailureData[Code] } }[FailureCode]

type Wording = { readonly [Code in FailureCode]: (data: FailureData[Code]) => string }

const wording: Wording = {
  'option-invalid': ({ option, reason }) => `${option}: ${reason}.`,
  'picture-missing': ({ name }) => `There is no picture "${name}".`,
  'picture-unreadable': ({ name, reason }) => `The picture "${name}" cannot be read: ${reason}.`,
  'picture-unsupported': ({ name, found }) =>
    `"${name}" is ${found}; Whence opens JPEG, PNG, WebP, GIF and TIFF pictures, judged by their content.`,
  'picture-too-large': ({ name, limit }) => `The picture "${name}" is larger than ${limit}.`,
  'picture-damaged': ({ name }) => `The picture "${name}" is damaged or cut short.`,
  'picture-needed': ({ model }) => `The model "${model}" needs a picture.`,
  'picture-refused': ({ model }) => `The model "${model}" reads text only; leave the picture out.`,
  'prompt-empty': () => 'The prompt is empty; write at least one word.',
  'prompt-too-long': ({ tokens, most, picture }) =>
    `The prompt has ${tokens} tokens; this model has room for ${most}${picture > 0 ? ` beside the ${picture} of the picture` : ''}.`,
  'prompt-unreadable': ({ name, reason }) => `The prompt file "${name}" cannot be read: ${reason}.`,
  'prompt-image-token': ({ token }) =>
    `The prompt holds "${token}", the picture's own mark; this model puts the picture first by itself.`,
  'file-unreadable': ({ name, reason }) => `The explanation "${name}" cannot be read: ${reason}.`,
  'text-too-long': ({ characters, most }) => `The text has ${characters} characters; Whence takes at most ${most} at once.`,
  'target-empty': () => 'The target is empty; write the text whose tokens are to be explained.',
  'target-too-long': ({ tokens, most }) => `The target has ${tokens} tokens; after this prompt there is room for ${most}.`,
  'completion-empty': () =>
    'The model ended at once and wrote no token, so there is nothing to explain; give a target or another prompt.',
  'token-out-of-range': ({ token, tokens }) =>
    `There is no token ${token}: the completion has ${tokens}, counted from 0 to ${tokens - 1}.`,
  'candidate-unknown': ({ token, candidate }) =>
    `Why "${token}" and not "${candidate}" cannot be answered: this explanation does not hold what other candidates lost; explain it again.`,
  'layer-out-of-range': ({ layer, layers }) =>
    `There is no layer ${layer}: the model has ${layers}, counted from 0 to ${layers - 1}.`,
  'position-out-of-range': ({ position, positions }) =>
    `There is no position ${position}: the model reads ${positions}, counted from 0 to ${positions - 1}.`,
  'model-missing': ({ name }) => `There is no model "${name}".`,
  'model-file-missing': ({ model, file }) => `The model "${model}" has no file ${file}.`,
  'model-invalid': ({ model, file, reason }) => `The model "${model}" cannot be used: ${file} ${reason}.`,
  'model-tensors': ({ model, file, expected, found }) =>
    `The model "${model}" cannot be used: ${file} should have ${expected}, but has ${found}.`,
  'model-attention-unknown': ({ model, expected, histogram }) =>
    `The attention of "${model}" is built in a way Whence does not know: expected ${expected}; the graph holds ${histogram}.`,
  'model-unsafe': ({ model, file, reason }) => `The model "${model}" is refused: ${file} ${reason}.`,
  'model-not-finite': ({ model }) =>
    `The model "${model}" answered with numbers that are not finite, so there is nothing to explain.`,
  'model-quarantined': ({ model }) => `The model "${model}" crashed the engine twice and is not started again in this session.`,
  'tokenizer-invalid': ({ model, reason }) => `The tokenizer of "${model}" cannot be used: ${reason}.`,
  'device-unavailable': ({ device, reason }) => `The device "${device}" cannot be used here: ${reason}.`,
  'engine-crashed': ({ reason }) => `The engine stopped (${reason}); it has been started again, please try again.`,
  'engine-stuck': () => 'The engine did not answer and was started again; please try again.',
  'out-of-memory': () => 'There is not enough memory for this; a smaller batch needs less.',
  'output-unwritable': ({ name, reason }) => `"${name}" cannot be written: ${reason}.`,
  'data-damaged': ({ reason }) => `The data is damaged: ${reason}.`,
  'method-unknown': ({ method }) => `There is no method "${method}".`,
  'method-native': ({ method }) => `Only the desktop app answers "${method}".`,
  'request-invalid': ({ method, reason }) => `"${method}" does not take this request: ${reason}.`,
  'request-too-large': ({ limit }) => `The request is larger than ${limit}.`,
  'request-stalled': () => 'The request stopped coming; please send it again.',
  'verb-refused': ({ allowed }) => `Only ${allowed} is answered here.`,
  'body-refused': ({ expected }) => `The body must be ${expected}, and its Content-Type must say so.`,
  'page-missing': () => 'There is nothing here.',
  'host-refused': () => 'Whence answers only under the address it was started with; another one is allowed by --public-origin.',
  'origin-refused': () => 'Whence answers only its own pages.',
  'token-wrong': () => 'The token is missing or wrong; open the address that "whence serve" printed.',
  'attempts-exceeded': () => 'There were too many wrong tokens; wait a minute.',
  'too-much-at-once': ({ what, most }) => `At most ${most} ${what} at once; wait for one to end or cancel it.`,
  'address-refused': ({ address }) =>
    `Whence does not listen on "${address}": it serves this machine only. From another one, reach it through an SSH tunnel: ssh -L.`,
  'address-unusable': ({ address, reason }) => `Whence cannot listen on "${address}": ${reason}.`,
  'connection-lost': () => 'The connection to Whence was lost; see whether it is still running.',
  internal: () => 'Whence met an error that it did not expect; its log has the details.',
  'profile-locked': () => 'Another Whence is using this library; close it first, or choose another folder with --profile.',
  'profile-newer': ({ folder }) =>
    `The library in ${folder} was written by a newer Whence; it is left as it is. Please use that version.`,
  'library-unusable': ({ reason }) =>
    `The history cannot be read or written: ${reason}. What is shown is not lost as long as the window is open.`,
  'entry-missing': () => 'This entry is no longer in the history.',
  'entry-numbers-gone': ({ model }) =>
    `The numbers of this entry are no longer kept; load the model "${model}" they were made with to compute them again.`,
  'picture-forgotten': () => 'This picture is no longer kept; please open it again.',
  cancelled: () => 'Cancelled.',
}

/** The failure in the user's words: one sentence. */
export function sentence(failure: Failure): string {
  const word = wording[failure.code] as (data: Failure['data']) => string
  return word(failure.data)
}

/** Carries a {@link Failure} up to the entry point (command line, router, engine process), where it becomes a value again. Bugs are other errors. */
export class Failed extends Error {
  readonly failure: Failure
  constructor(failure: Failure, options?: ErrorOptions) {
    super(sentence(failure), options)
    this.name = 'Failed'
    this.failure = failure
  }
}

/** Ends the work in hand with an expected failure. */
export function fail<Code extends FailureCode>(code: Code, data: FailureData[Code], cause?: unknown): never {
  throw new Failed({ code, data } as Failure, cause === undefined ? undefined : { cause })
}

/** Ends the work in hand as cancelled once the signal says so. */
export function throwIfCancelled(signal: { readonly aborted: boolean }): void {
  if (signal.aborted) fail('cancelled', {})
}

/** The failure that an error carries; `null` for a bug. */
export function failureOf(error: unknown): Failure | null {
  return error instanceof Failed ? error.failure : null
}
