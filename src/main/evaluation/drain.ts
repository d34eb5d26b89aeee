/** Reads a stream to its end for the work it does, and throws its events away. */
export async function drain<Event>(events: AsyncIterable<Event>): Promise<void> {
  const reader = events[Symbol.asyncIterator]()
  while ((await reader.next()).done !== true);
}
