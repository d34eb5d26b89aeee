/** A pure function that answers at once when it is asked the same again: it keeps its last arguments and answer. */
export function remember<Arguments extends readonly unknown[], Answer>(
  compute: (...given: Arguments) => Answer,
): (...given: Arguments) => Answer {
  let last: { readonly given: Arguments; readonly answer: Answer } | null = null
  return (...given) => {
    if (last === null || given.some((value, place) => !Object.is(value, last?.given[place])))
      last = { given, answer: compute(...given) }
    return last.answer
  }
}
