/** The file's text: two spaces of indentation, one line per input, target, token and row of numbers, and a newline at the end. */
export function formatJson(file: object): string {
  return `${block(file, '')}\n`
}

function block(value: unknown, indent: string): string {
  if (isFlat(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((entry) => `${inner}${isRow(entry) ? JSON.stringify(entry) : block(entry, inner)}`)
    : Object.entries(value as object).map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${block(entry, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** Entries of long lists stand on one line each, whatever they hold. */
function isRow(value: unknown): boolean {
  return value !== null && typeof value === 'object'
}

function isFlat(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  return Object.values(value).every((entry) => entry === null || typeof entry !== 'object')
}
