/** Smallest norm an embedding is divided by, so that a zero vector has cosine 0 with everything and not NaN. */
const leastNorm = 1e-8

/**
 * Cosine of every embedding with every other (paper Eq. 6), summed in double precision.
 * @param embeddings row-major `[rows, width]`, as they enter the first decoder layer
 * @returns row-major `[rows, rows]`, in [-1, 1] and symmetric
 */
export function cosineSimilarity(embeddings: Float32Array, rows: number, width: number): Float32Array {
  const units = unitRows(embeddings, rows, width)
  const similarity = new Float32Array(rows * rows)
  for (let row = 0; row < rows; row++) {
    for (let other = row; other < rows; other++) {
      const cosine = dot(units, row * width, other * width, width)
      similarity[row * rows + other] = cosine
      similarity[other * rows + row] = cosine
    }
  }
  return similarity
}

function unitRows(embeddings: Float32Array, rows: number, width: number): Float64Array {
  if (embeddings.length !== rows * width) throw new Error(`${embeddings.length} numbers are not ${rows} embeddings of ${width}`)
  const units = Float64Array.from(embeddings)
  for (let row = 0; row < rows; row++) {
    const unit = units.subarray(row * width, (row + 1) * width)
    const norm = Math.max(leastNorm, Math.sqrt(dot(units, row * width, row * width, width, Number.POSITIVE_INFINITY)))
    for (let place = 0; place < width; place++) unit[place] = (unit[place] as number) / norm
  }
  return units
}

/** Sum of products of two rows, clamped to ±limit. Not by `element`, which would take ten times as long; unitRows has counted the numbers. */
function dot(units: Float64Array, first: number, second: number, width: number, limit = 1): number {
  let sum = 0
  for (let place = 0; place < width; place++) sum += (units[first + place] as number) * (units[second + place] as number)
  return Math.max(-limit, Math.min(limit, sum))
}
