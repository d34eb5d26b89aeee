/** Runs a generator to its end and gives what it returns. */
export async function lastOf<Yielded, Returned>(generator: AsyncGenerator<Yielded, Returned>): Promise<Returned> {
  let step = await generator.next()
  while (step.done !== true) step = await generator.next()
  return step.value
}
