import * as huggingface from '@huggingface/tokenizers'
import { element } from '../../../shared/values/element.ts'
import type { TokenId } from '../../../shared/values/brand.ts'
import { tokenId } from '../../../shared/values/brand.ts'
import type { TextToken } from '../../../shared/explanation/record.ts'
import { fail, failureOf } from '../../../shared/contract/failure.ts'
import { findModelFile, readModelJson, readModelSchema } from '../model/model-file.ts'
import type { ModelFolder } from '../model/model-folder.ts'
import type { TokenSpelling } from './token-bytes.ts'
import { literalBytes, tokenBytes } from './token-bytes.ts'
import { alignSpans, spansOfBytes, textOfBytes } from './token-spans.ts'
import type { TokenizerFile } from './tokenizer-file.ts'
import { tokenizerConfigFile, tokenizerFile } from './tokenizer-file.ts'

/** Cuts text into the model's tokens and puts tokens together again. */
export interface Tokenizer {
  /**
   * Tokens of a text, verbatim: no special tokens are added, and marks in the text (`<|image|>`) become the tokens they name.
   * Spans cover the text without gap or overlap; see {@link spansOfBytes} for characters of several tokens.
   * @throws `text-too-long`, or `tokenizer-invalid` when the vocabulary cannot spell the text
   */
  encode(text: string): TextToken[]
  /** As `encode`, with the token that begins a text before it where tokenizer_config.json asks for one (`add_bos_token`); its span is empty. */
  encodePrompt(text: string): TextToken[]
  /** Text that the tokens spell, special tokens by their marks; unfinished characters show as U+FFFD. */
  decode(ids: readonly number[]): string
  /** What each token adds to the text that `decode` gives. */
  decodeTokens(ids: readonly number[]): TextToken[]
  /** A token by itself, as a person can read it; part of a character shows as U+FFFD. Empty for an id that the tokenizer does not know. */
  tokenText(id: number): string
  /** One more than the highest id; a model's vocabulary may be padded beyond it. */
  readonly vocabularySize: number
  /** Tokens that stand for no text: ends, marks, padding. */
  readonly specialIds: ReadonlySet<number>
}

/** An id that the vocabulary does not know, such as one that pads it, spells nothing. */
const unknownToken = ''

/** Longest text that is cut into tokens at once, in UTF-16 units, as given and as normalised. */
const longestText = 100_000

/**
 * Reads tokenizer.json and tokenizer_config.json of a model.
 * @throws `model-file-missing` or `tokenizer-invalid`
 */
export async function openTokenizer(folder: Pick<ModelFolder, 'root' | 'name' | 'config'>): Promise<Tokenizer> {
  const file = await readTokenizerFile(folder)
  const vocabulary = buildVocabulary(folder, file)
  const tokenizer = tokenizerOver(folder, vocabulary, file, await readBegin(folder, vocabulary))
  const { vocabularySize } = folder.config
  if (tokenizer.vocabularySize <= vocabularySize) return tokenizer
  return refuse(folder, `it knows ${tokenizer.vocabularySize} tokens, but the model only ${vocabularySize}`)
}

/** What is used of the package; its own types are written so that TypeScript cannot find them from here. */
interface Vocabulary {
  readonly normalizer: { normalize(text: string): string } | null
  encode(text: string, options: { add_special_tokens: boolean }): { ids: (number | undefined)[]; tokens: string[] }
  id_to_token(id: number): string | undefined
  token_to_id(token: string): number | undefined
}
const NewVocabulary = huggingface.Tokenizer as unknown as new (file: object, config: object) => Vocabulary

type Named = Pick<ModelFolder, 'name'>

function refuse({ name }: Named, reason: string, cause?: unknown): never {
  return fail('tokenizer-invalid', { model: name, reason }, cause)
}

async function readTokenizerFile(folder: Pick<ModelFolder, 'root' | 'name'>): Promise<TokenizerFile> {
  const json = await readModelJson(folder, 'tokenizer.json').catch((error: unknown) => {
    const failure = failureOf(error)
    if (failure?.code !== 'model-invalid') throw error
    return refuse(folder, `${failure.data.file} ${failure.data.reason}`, error)
  })
  const result = tokenizerFile.safeParse(json)
  if (result.success) return result.data
  const { path } = element(result.error.issues, 0)
  return refuse(folder, `tokenizer.json has in "${path.join('.')}" what Whence does not take`, result.error)
}

function buildVocabulary(folder: Named, file: TokenizerFile): Vocabulary {
  const { normalizer = null, pre_tokenizer = null, added_tokens, model } = file
  try {
    return new NewVocabulary({ normalizer, pre_tokenizer, added_tokens, model, post_processor: null, decoder: null }, {})
  } catch (error) {
    return refuse(folder, 'tokenizer.json does not make a tokenizer', error)
  }
}

async function readBegin(folder: Pick<ModelFolder, 'root' | 'name'>, vocabulary: Vocabulary): Promise<TokenId | null> {
  if ((await findModelFile(folder, 'tokenizer_config.json')) === null) return null
  const config = await readModelSchema(folder, 'tokenizer_config.json', tokenizerConfigFile)
  if (config.add_bos_token !== true) return null
  const { bos_token: mark } = config
  const id = mark === undefined || mark === null ? undefined : vocabulary.token_to_id(mark)
  return id === undefined ? refuse(folder, 'tokenizer_config.json asks for a first token that does not exist') : tokenId(id)
}

function tokenizerOver(folder: Named, vocabulary: Vocabulary, file: TokenizerFile, begin: TokenId | null): Tokenizer {
  const spelling = spellingOf(file)
  const added = new Set(file.added_tokens.map(({ content }) => content))
  const bytesOf = (token: string) => (added.has(token) ? literalBytes(token) : tokenBytes(token, spelling))
  const bytesOfId = (id: number) => bytesOf(vocabulary.id_to_token(id) ?? unknownToken)
  const encode = (text: string): TextToken[] => {
    checkLength(text)
    if (vocabulary.normalizer !== null) checkLength(vocabulary.normalizer.normalize(text))
    const { ids, tokens } = vocabulary.encode(text, { add_special_tokens: false })
    const bytes = tokens.map(bytesOf)
    const known = ids.filter((id) => id !== undefined)
    if (known.length < tokens.length) refuse(folder, 'it has no token for a character of the text')
    const spans = alignSpans(textOfBytes(bytes), text.toWellFormed(), spansOfBytes(bytes))
    return spans.map((span, index) => ({ id: tokenId(element(known, index)), ...span }))
  }
  const first = begin === null ? [] : [{ id: begin, text: textOfBytes([bytesOfId(begin)]), span: { start: 0, end: 0 } }]
  return {
    encode,
    encodePrompt: (text) => [...first, ...encode(text)],
    decode: (ids) => textOfBytes(ids.map(bytesOfId)),
    decodeTokens: (ids) => spansOfBytes(ids.map(bytesOfId)).map((span, index) => ({ id: tokenId(element(ids, index)), ...span })),
    tokenText: (id) => textOfBytes([bytesOfId(id)]),
    vocabularySize: sizeOf(file),
    specialIds: new Set(file.added_tokens.filter(({ special }) => special).map(({ id }) => id)),
  }
}

function checkLength({ length }: string): void {
  if (length > longestText) fail('text-too-long', { characters: length, most: longestText })
}

function spellingOf({ pre_tokenizer, decoder }: TokenizerFile): TokenSpelling {
  return JSON.stringify([pre_tokenizer, decoder]).includes('"type":"ByteLevel"') ? 'byte-level' : 'sentence-piece'
}

function sizeOf({ model, added_tokens }: TokenizerFile): number {
  const base = model.type === 'Unigram' ? model.vocab.length - 1 : highest(Object.values(model.vocab))
  return 1 + Math.max(base, highest(added_tokens.map(({ id }) => id)))
}

function highest(ids: readonly number[]): number {
  return ids.reduce((most, id) => Math.max(most, id), -1)
}
