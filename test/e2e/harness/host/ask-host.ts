import type { BrowserWhence } from '../browser-driver.ts'

/** Asks the host past the window, as a program of the same person may. */
export async function askHost<Value>(whence: BrowserWhence, method: string, request: unknown): Promise<Value> {
  const { origin, token } = whence.serve
  const answer = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Value
}
