/** How a tokenizer spells bytes in its vocabulary: GPT-2's stand-in letters, or SentencePiece's `▁` and `<0x0A>`. */
export type TokenSpelling = 'byte-level' | 'sentence-piece'

const encoder = new TextEncoder()

/** UTF-8 bytes that a token of the vocabulary stands for; part of a character when the token is. */
export function tokenBytes(token: string, spelling: TokenSpelling): Uint8Array {
  return spelling === 'byte-level' ? byteLevelBytes(token) : sentencePieceBytes(token)
}

/** UTF-8 bytes of a token written as it stands, such as an added token. */
export function literalBytes(token: string): Uint8Array {
  return encoder.encode(token)
}

function byteLevelBytes(token: string): Uint8Array {
  const letters = Array.from(token)
  const bytes = letters.map((letter) => byteOfLetter.get(letter)).filter((byte) => byte !== undefined)
  return bytes.length < letters.length ? encoder.encode(token) : Uint8Array.from(bytes)
}

function sentencePieceBytes(token: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(token)?.[1]
  return byte === undefined ? encoder.encode(token.replaceAll('\u2581', ' ')) : Uint8Array.of(Number.parseInt(byte, 16))
}

/** GPT-2's table: bytes that print as themselves in Latin-1 keep their letter, the others take letters from U+0100 on. */
const byteOfLetter: ReadonlyMap<string, number> = new Map(letterTable())

function letterTable(): [letter: string, byte: number][] {
  const printable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
  const bytes = Array.from({ length: 256 }, (_, byte) => byte)
  const hidden = bytes.filter((byte) => !printable(byte))
  return bytes.map((byte) => [String.fromCodePoint(printable(byte) ? byte : 0x100 + hidden.indexOf(byte)), byte])
}
