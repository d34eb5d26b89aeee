/** From here on a token counts as seen, in nats: e times more likely with the picture than with a blurred one. */
const seenFrom = 1

/**
 * Visual dependence `D = ln p(picture) - ln p(blurred picture)` of a token, in nats: what the picture's content adds to it.
 * @param picture log-probability with the picture
 * @param blurred log-probability with the picture under a Gaussian of 10 % of its longer side
 */
export function visualDependence(picture: number, blurred: number): number {
  return picture - blurred
}

/** Whether the model saw a token in the picture or guessed it from the text. */
export function seenOrGuessed(dependence: number): 'seen' | 'guessed' {
  return dependence > seenFrom ? 'seen' : 'guessed'
}
