/** Text as it is searched: without case and accents, white space as single blanks. */
export function searchText(...parts: readonly (string | null)[]): string {
  const text = parts.filter((part) => part !== null).join('\n')
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** Words of a search; an entry is found when it holds all of them. */
export function searchWords(search: string): string[] {
  const text = searchText(search)
  return text === '' ? [] : [...new Set(text.split(' '))].slice(0, 50)
}
