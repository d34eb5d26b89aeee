import { z } from 'zod'
import { isKnownPattern } from './tokenizer-patterns.ts'

/** Highest token id that is taken; ids are places in an array. */
const highestId = 1 << 22
const mostSteps = 16
/** How many times longer the replacements of a normaliser may make a text, all together. */
const mostGrowth = 8

const id = z.int().min(0).max(highestId)
const name = z.string().min(1).max(200)
const flag = z.boolean().nullish()

const pattern = z.union([
  z.object({ String: z.string().min(1).max(200) }),
  z.object({ Regex: z.string().refine(isKnownPattern, 'a regular expression that Whence does not know') }),
])

const plainNormaliser = z.object({ type: z.enum(['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents', 'Precompiled']) })
const normaliser = z.discriminatedUnion('type', [
  plainNormaliser,
  z.object({ type: z.literal('Strip'), strip_left: flag, strip_right: flag }),
  z.object({ type: z.literal('Prepend'), prepend: z.string().max(16) }),
  z.object({ type: z.literal('Replace'), pattern, content: z.string().max(16) }),
  z.object({
    type: z.literal('Sequence'),
    get normalizers() {
      return z.array(normaliser).max(mostSteps)
    },
  }),
])

const preTokeniser = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ByteLevel'), add_prefix_space: flag, trim_offsets: flag, use_regex: flag }),
  z.object({
    type: z.literal('Metaspace'),
    replacement: z.literal('\u2581').optional(),
    str_rep: z.literal('\u2581').optional(),
    add_prefix_space: flag,
    prepend_scheme: z.enum(['always', 'first', 'never']).optional(),
  }),
  z.object({ type: z.literal('Split'), pattern, behavior: z.string().max(40).optional(), invert: flag }),
  z.object({ type: z.literal('Digits'), individual_digits: flag }),
  z.object({ type: z.enum(['Punctuation', 'Whitespace', 'WhitespaceSplit']) }),
  z.object({
    type: z.literal('Sequence'),
    get pretokenizers() {
      return z.array(preTokeniser).max(mostSteps)
    },
  }),
])

const addedToken = z.object({
  id,
  content: name,
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  normalized: z.boolean().default(false),
  special: z.boolean().default(false),
})

const bytePairs = z.object({
  type: z.literal('BPE'),
  vocab: z.custom<Record<string, number>>(isVocabulary, 'a vocabulary that maps tokens to ids'),
  merges: z.custom<string[] | [string, string][]>(areMerges, 'a list of merges'),
  unk_token: name.nullish(),
  fuse_unk: flag,
  byte_fallback: flag,
  ignore_merges: flag,
  continuing_subword_prefix: z.literal('').nullish(),
  end_of_word_suffix: z.literal('').nullish(),
})
const unigram = z.object({
  type: z.literal('Unigram'),
  vocab: z.custom<[string, number][]>(isScoredVocabulary, 'a list of tokens with scores'),
  unk_id: id.nullish(),
  byte_fallback: flag,
})

/**
 * tokenizer.json, as far as it is let through: kinds of models and steps that Whence knows, expressions that end, texts that cannot grow without
 * bound. Post-processors and decoders are left out; Whence adds no special tokens and decodes by itself.
 */
export const tokenizerFile = z.object({
  added_tokens: z.array(addedToken).max(100_000).default([]),
  normalizer: normaliser
    .nullish()
    .refine((step) => growth(step) <= mostGrowth && countSteps(step) <= mostSteps, 'a normaliser that blows text up'),
  pre_tokenizer: preTokeniser.nullish(),
  decoder: z.unknown().optional(),
  model: z.discriminatedUnion('type', [bytePairs, unigram]),
})

/** A {@link tokenizerFile} that passed. */
export type TokenizerFile = z.infer<typeof tokenizerFile>

/** tokenizer_config.json, as far as Whence heeds it. */
export const tokenizerConfigFile = z.object({
  add_bos_token: flag,
  bos_token: z.union([name, z.object({ content: name }).transform(({ content }) => content)]).nullish(),
})

type Normaliser = z.infer<typeof normaliser>

function stepsOf(step: Normaliser | null | undefined): Normaliser[] {
  if (step === null || step === undefined) return []
  return step.type === 'Sequence' ? step.normalizers.flatMap(stepsOf) : [step]
}

function countSteps(step: Normaliser | null | undefined): number {
  return stepsOf(step).length
}

function growth(step: Normaliser | null | undefined): number {
  return stepsOf(step).reduce((product, one) => (one.type === 'Replace' ? product * replacementGrowth(one) : product), 1)
}

function replacementGrowth({ pattern: from, content }: Extract<Normaliser, { type: 'Replace' }>): number {
  return Math.max(1, content.length / ('String' in from ? from.String.length : 1))
}

function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((at) => Number.isInteger(at) && (at as number) >= 0 && (at as number) <= highestId)
}

function isScoredVocabulary(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > highestId) return false
  return value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number')
}

function areMerges(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > highestId) return false
  const isPair = (merge: unknown) => Array.isArray(merge) && merge.length === 2 && merge.every((part) => typeof part === 'string')
  return value.every((merge) => typeof merge === 'string') || value.every(isPair)
}
