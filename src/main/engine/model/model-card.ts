const nothing = ''

/** Longest line taken from a model card, in characters. */
const longestLine = 300

/**
 * One line that says what a model knows, from its card: `summary` of the YAML front matter, else the first sentence of the first paragraph that is no
 * heading. `null` when the card has neither.
 */
export function summaryOfCard(card: string): string | null {
  const { matter, body } = splitCard(card.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
  const line = summaryOfMatter(matter) ?? firstSentence(firstParagraph(body))
  const clean = line.replace(/\p{Cc}+/gu, ' ').trim()
  if (clean === '') return null
  return clean.length > longestLine ? `${clean.slice(0, longestLine - 1).trimEnd()}…` : clean
}

function splitCard(card: string): { matter: string; body: string } {
  const end = card.startsWith('---\n') ? card.indexOf('\n---', 3) : -1
  return end < 0 ? { matter: '', body: card } : { matter: card.slice(4, end + 1), body: card.slice(end + 4) }
}

function summaryOfMatter(matter: string): string | undefined {
  const value = /^summary:[ \t]*(\S.*)$/m.exec(matter)?.[1]?.trim()
  return value?.replace(/^(["'])(.*)\1$/, '$2')
}

function firstParagraph(body: string): string {
  const paragraphs = body.split(/\n[ \t]*\n/).map((block) => withoutHeadings(block).replace(/\s+/g, ' ').trim())
  // No such paragraph is an empty one: the card then says nothing.
  return paragraphs.find((paragraph) => paragraph !== '' && !/^(<|!\[|```|\||---)/.test(paragraph)) ?? nothing
}

function withoutHeadings(block: string): string {
  return block
    .split('\n')
    .filter((line) => !/^\s*#{1,6}\s/.test(line) && !/^\s*(=+|-+)\s*$/.test(line))
    .join('\n')
}

function firstSentence(paragraph: string): string {
  const plain = paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/(\*\*|`)/g, '')
  return /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain
}
