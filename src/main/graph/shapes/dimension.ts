/**
 * A size known by value or by name: `batch`, `new` (new tokens), `past`, `keys` (past and new), products such as `4*batch`, or one
 * of the first with a number added, such as `keys+1`.
 * Equal names are equal sizes; a name of the form `?n` is a size nothing is known about, equal only to itself.
 */
export type Dimension = number | string

/** The product of sizes, in one canonical form. */
export function product(sizes: readonly Dimension[]): Dimension {
  let count = 1
  const names: string[] = []
  for (const factor of sizes.flatMap(factorsOf)) {
    if (typeof factor === 'number') count *= factor
    else names.push(factor)
  }
  if (names.length === 0 || count === 0) return count
  names.sort()
  return count === 1 ? names.join('*') : [String(count), ...names].join('*')
}

/** `total / part` where it comes out even; `null` where that is not known. */
export function quotient(total: Dimension, part: Dimension): Dimension | null {
  const rest = factorsOf(total)
  let count = 1
  for (const factor of factorsOf(part)) {
    if (typeof factor === 'number') count *= factor
    else {
      const place = rest.indexOf(factor)
      if (place < 0) return null
      rest.splice(place, 1)
    }
  }
  const whole = rest.reduce<number>((left, factor) => (typeof factor === 'number' ? left * factor : left), 1)
  if (count === 0 || whole % count !== 0) return null
  return product([whole / count, ...rest.filter((factor) => typeof factor === 'string')])
}

/** The sum, where it has a name. */
export function sum(left: Dimension, right: Dimension): Dimension | null {
  if (typeof left === 'number' && typeof right === 'number') return left + right
  if (left === 0) return right
  if (right === 0) return left
  if (typeof left === 'string' && typeof right === 'number') return /[*+]/.test(left) || right < 0 ? null : `${left}+${right}`
  if (typeof left === 'number') return sum(right, left)
  return (left === 'past' && right === 'new') || (left === 'new' && right === 'past') ? 'keys' : null
}

/** The difference, where it has a name. */
export function difference(left: Dimension, right: Dimension): Dimension | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (right === 0) return left
  if (typeof left === 'string' && left.endsWith(`+${right}`)) return left.slice(0, left.lastIndexOf('+'))
  if (left === 'keys' && right === 'new') return 'past'
  if (left === 'keys' && right === 'past') return 'new'
  return left === right ? 0 : null
}

function factorsOf(size: Dimension): Dimension[] {
  if (typeof size === 'number') return [size]
  return size.split('*').map((factor) => (/^\d+$/.test(factor) ? Number(factor) : factor))
}
