/** A relevance as it is written everywhere: `+1.32`, `−0.08`, with a true minus sign; `0.00` when nothing is left after rounding. */
export function formatNats(nats: number, digits = 2): string {
  const size = Math.abs(nats).toFixed(digits)
  if (Number(size) === 0 || Number.isNaN(nats)) return size
  return `${nats < 0 ? '−' : '+'}${size}`
}

/** A relevance where there is room for it, in nats to three digits. */
export function preciseNats(nats: number): string {
  return `${formatNats(nats, 3)} nats`
}

/** A log-probability: "−0.02 nats". */
export function formatLogprob(logprob: number): string {
  return `${formatNats(logprob)} nats`
}

/** A probability with as many digits as it deserves: `0.98`, `0.011`, `0.0003`; `<0.0001` and `>0.999` at the ends. */
export function formatProbability(probability: number): string {
  if (probability < 0.0001) return '<0.0001'
  if (probability > 0.9995) return '>0.999'
  if (probability >= 0.995) return probability.toFixed(3)
  return probability >= 0.1 ? probability.toFixed(2) : String(Number(probability.toPrecision(2)))
}

/** Digits that a mark on a scale deserves. */
export function scaleDigits(maximum: number): number {
  return maximum >= 10 ? 0 : maximum >= 1 ? 1 : 2
}

/** A sum of squared relevances: "3.2 nats²". */
export function formatSquares(squares: number): string {
  return `${squares.toFixed(scaleDigits(squares))} nats²`
}

/** How many times more or less likely something became: "3.7×", "12×", "over 1000×"; `null` where it stays within 5 %. */
export function formatTimes(nats: number): string | null {
  const times = Math.exp(Math.abs(nats))
  if (times < 1.05) return null
  return `${times >= 1000 ? 'over 1000' : times >= 9.95 ? times.toFixed(0) : times.toFixed(1)}×`
}

/** Suppression f or a factor or a cosine: two digits. */
export function formatSetting(value: number): string {
  return value.toFixed(2).replace('-', '−')
}

/** A factor that steers: "×0.1". */
export function formatFactor(factor: number): string {
  return `×${factor.toFixed(1)}`
}

/** A count with its noun: "1 patch", "3 patches". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A row or column as a person counts it: from 1. */
export function fromOne(index: number): number {
  return index + 1
}
