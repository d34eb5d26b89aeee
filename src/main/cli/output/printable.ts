/** Characters that steer a terminal or hide what is written: controls, and marks that turn the direction of writing. */
const steering = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/gu

/** A text that cannot steer the terminal it is shown in: newlines and tabs become spaces, other control characters U+FFFD. One line. */
export function printable(text: string): string {
  return text.replaceAll(/[\n\r\t]+/g, ' ').replaceAll(steering, '\uFFFD')
}

/** The same, but lines stay lines. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replaceAll('\t', '    ').replaceAll(steering, '\uFFFD'))
    .join('\n')
}
