import type { Asked, GivenQuestion } from '../question/asked.ts'
import { askedOf, checkAsked } from '../question/asked.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type {
  Chunking,
  Device,
  InputSelection,
  Sampling,
  Suppression,
  TargetSelection,
  Variant,
} from '../../../shared/explanation/parameters.ts'
import { defaultSampling, defaultSuppression } from '../../../shared/explanation/parameters.ts'

/** The model used when none is named. */
const defaultModel = 'whence-scenes'

/** The prompt used for a picture when none is given. */
const defaultPrompt = 'This is a picture of'

/** Where the prompt comes from. */
export type PromptChoice = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string }

/** What `generate` was asked to do. */
export interface WritingChoices {
  /** Path as typed; `null` for text alone. */
  readonly picture: string | null
  readonly prompt: PromptChoice
  readonly sampling: Sampling
  readonly model: string
  readonly device: Device
  /** File, `-` for the standard output, or `null`. */
  readonly json: string | null
}

/** What `explain` was asked to do. */
export interface ExplainChoices extends WritingChoices {
  readonly target: string | null
  readonly token: number | null
  readonly targets: TargetSelection
  readonly inputs: InputSelection
  readonly chunks: Chunking | null
  readonly suppression: Suppression
  readonly batch: number | null
  readonly csv: string | null
  readonly html: string | null
  readonly svg: string | null
  readonly sheet: string | null
  /** What is asked of the explanation. */
  readonly asked: Asked
  readonly theme: Theme
  readonly out: string | null
}

/** Option values as commander hands them over; what was not given is not there. */
export interface GivenOptions extends GivenQuestion {
  readonly prompt?: string
  readonly promptFile?: string
  readonly maxNewTokens?: number
  readonly temperature?: number
  readonly topK?: number
  readonly topP?: number
  readonly seed?: number
  readonly model?: string
  readonly device?: Device
  readonly json?: string
  readonly target?: string
  readonly token?: number
  readonly targets?: TargetSelection
  readonly inputs?: InputSelection
  readonly chunks?: Chunking
  readonly f?: number
  readonly kappa?: number
  readonly neighbourhood?: boolean
  readonly variant?: Variant
  readonly layers?: readonly number[]
  readonly batch?: number
  readonly csv?: string
  readonly html?: string
  readonly svg?: string
  readonly sheet?: string
  readonly theme?: Theme
  readonly out?: string
}

/**
 * Fills in the defaults and refuses what does not go together.
 * @throws `option-invalid` or `prompt-empty`
 */
export function writingChoices(picture: string | undefined, given: GivenOptions): WritingChoices {
  return {
    picture: picture ?? null,
    prompt: promptChoice(picture, given),
    sampling: {
      maxNewTokens: given.maxNewTokens ?? defaultSampling.maxNewTokens,
      temperature: given.temperature ?? defaultSampling.temperature,
      topK: given.topK ?? defaultSampling.topK,
      topP: given.topP ?? defaultSampling.topP,
      seed: given.seed ?? defaultSampling.seed,
    },
    model: given.model ?? defaultModel,
    device: given.device ?? 'auto',
    json: given.json ?? null,
  }
}

/**
 * Fills in the defaults and refuses what does not go together.
 * @throws `option-invalid`, `prompt-empty` or `target-empty`
 */
export function explainChoices(picture: string | undefined, given: GivenOptions): ExplainChoices {
  checkTogether(picture, given)
  if (given.target === '') fail('target-empty', {})
  return {
    ...writingChoices(picture, given),
    target: given.target ?? null,
    token: given.token ?? null,
    targets: given.targets ?? 'completion',
    inputs: given.inputs ?? 'all',
    chunks: given.chunks ?? null,
    suppression: {
      strength: given.f ?? defaultSuppression.strength,
      threshold: given.neighbourhood === false ? null : (given.kappa ?? defaultSuppression.threshold),
      variant: given.variant ?? defaultSuppression.variant,
      layers: given.layers ?? defaultSuppression.layers,
    },
    batch: given.batch ?? null,
    csv: given.csv ?? null,
    html: given.html ?? null,
    svg: given.svg ?? null,
    sheet: given.sheet ?? null,
    asked: askedOf(given),
    theme: given.theme ?? 'light',
    out: given.out ?? null,
  }
}

function checkTogether(picture: string | undefined, given: GivenOptions): void {
  checkPlaces(given)
  const { inputs, chunks, token, tokens } = given
  checkAsked(askedOf(given))
  if (token !== undefined && tokens !== undefined)
    fail('option-invalid', { option: '--tokens', reason: 'only the one --token is computed, and it is shown' })
  if (inputs === 'image' && picture === undefined) fail('option-invalid', { option: '--inputs', reason: 'there is no picture' })
  if (inputs === 'image' && chunks !== undefined)
    fail('option-invalid', { option: '--chunks', reason: 'it cuts the text, which --inputs image leaves out' })
}

/** No two files go to the same place. */
function checkPlaces({ json, csv, html, svg, sheet }: GivenOptions): void {
  const places = [
    { option: '--json', what: 'the JSON', place: json },
    { option: '--csv', what: 'the CSV', place: csv },
    { option: '--html', what: 'the report', place: html },
    { option: '--svg', what: 'the drawing', place: svg },
    { option: '--sheet', what: 'the contact sheet', place: sheet },
  ]
  places.forEach(({ option, place }, at) => {
    const earlier = places.slice(0, at).find((other) => place !== undefined && other.place === place)
    if (earlier === undefined || place === undefined) return
    const where = place === '-' ? 'the standard output' : `"${place}"`
    fail('option-invalid', { option, reason: `${where} already takes ${earlier.what}` })
  })
}

function promptChoice(picture: string | undefined, { prompt, promptFile }: GivenOptions): PromptChoice {
  if (promptFile !== undefined) {
    if (prompt !== undefined)
      fail('option-invalid', { option: '--prompt-file', reason: 'the prompt is already given by --prompt' })
    return { kind: 'file', path: promptFile }
  }
  if (prompt === '' || (prompt === undefined && picture === undefined)) fail('prompt-empty', {})
  return { kind: 'text', text: prompt ?? defaultPrompt }
}
