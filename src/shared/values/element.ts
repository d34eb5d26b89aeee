/**
 * The element of a list that must be there: a wrong index is a bug, never a plausible zero.
 * @throws RangeError with the index and the length
 */
export function element<Element>(list: ArrayLike<Element>, index: number): Element {
  const found = list[index]
  if (found === undefined) throw new RangeError(`there is no element ${index} in a list of ${list.length}`)
  return found
}

/**
 * The last element of a list that must not be empty.
 * @throws RangeError
 */
export function lastElement<Element>(list: ArrayLike<Element>): Element {
  return element(list, list.length - 1)
}

/**
 * The value under a key that must be there.
 * @throws RangeError with the key
 */
export function valueAt<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const found = map.get(key)
  if (found === undefined) throw new RangeError(`there is no value for ${String(key)}`)
  return found
}

/**
 * A value that must be there.
 * @param what names it in the error: "the first row"
 * @throws RangeError
 */
export function present<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new RangeError(`${what} is missing`)
  return value
}
