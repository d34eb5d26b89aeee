import type { Page } from 'playwright-core'
import type { DroppedFile } from './whence.ts'

/** Drops a file on a window. @param on selector of what lies under the pointer */
export async function dropOn(page: Page, { name, mime, bytes }: DroppedFile, on = 'body'): Promise<void> {
  const carried = await page.evaluateHandle(carry, { name, mime, base64: Buffer.from(bytes).toString('base64') })
  const target = page.locator(on).first()
  for (const kind of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(kind, { dataTransfer: carried })
}

/** Runs in the page: what the system hands a page with a dropped file. */
function carry({ name, mime, base64 }: { name: string; mime: string; base64: string }): DataTransfer {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const carried = new DataTransfer()
  carried.items.add(new File([bytes], name, { type: mime }))
  return carried
}
