/** Everything a generator yields, and what it returns. */
export async function collectAll<Event, Result>(
  generator: AsyncGenerator<Event, Result>,
): Promise<{ readonly events: readonly Event[]; readonly result: Result }> {
  const events: Event[] = []
  let step = await generator.next()
  while (step.done !== true) {
    events.push(step.value)
    step = await generator.next()
  }
  return { events, result: step.value }
}
