/**
 * `npm run bench:ui`: how long it takes from an input to the frame that shows its effect, in the browser, for the things that must answer at once.
 * Prints p50 and p95 in milliseconds. The frame's end is taken in the task after `requestAnimationFrame`, when its drawing has been handed over.
 */
import { launchInBrowser, sharedChromium } from './harness/browser-driver.ts'
import { View } from './harness/window.ts'

const rounds = 40

const whence = await launchInBrowser()
const view = new View(whence.page)
const { page } = view

/** Notes, in the page, the time from every input event to the end of the next frame. */
async function installClock(): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(globalThis, { paintTimes: times })
    const note = (event: Event): void => {
      const began = event.timeStamp
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => times.push(performance.now() - began)
        channel.port2.postMessage(null)
      })
    }
    for (const kind of ['click', 'pointermove', 'keydown', 'change']) addEventListener(kind, note, { capture: true })
  })
}

/** Times of the events since the last call, without those of the step itself that nothing was waiting for. */
async function times(): Promise<number[]> {
  await page.waitForTimeout(40)
  return page.evaluate(() => (globalThis as unknown as { paintTimes: number[] }).paintTimes.splice(0))
}

async function measure(name: string, act: (round: number) => Promise<void>): Promise<void> {
  await times()
  const all: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await act(round)
    all.push(Math.max(...(await times())))
  }
  all.sort((first, second) => first - second)
  const at = (share: number): string => (all[Math.min(all.length - 1, Math.ceil(share * all.length) - 1)] ?? NaN).toFixed(1)
  console.log(`${name.padEnd(10)} p50 ${at(0.5).padStart(6)} ms   p95 ${at(0.95).padStart(6)} ms   (${all.length} inputs)`)
}

try {
  await view.explained()
  await installClock()
  const count = await view.tokens.count()
  const boxes = await Promise.all(Array.from({ length: count }, (_, place) => view.tokens.nth(place).boundingBox()))
  const middle = (round: number): { x: number; y: number } => {
    const box = boxes[round % count] ?? null
    return box === null ? { x: 0, y: 0 } : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  await measure('hover', async (round) => {
    const { x, y } = middle(round)
    await page.mouse.move(x, y)
  })
  await measure('pin', async (round) => {
    const { x, y } = middle(round)
    await page.mouse.click(x, y)
  })
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await measure('step', (round) => page.keyboard.press(round % (2 * count) < count ? 'ArrowRight' : 'ArrowLeft'))
  const scale = page.getByRole('group', { name: 'Legend' }).getByRole('combobox')
  const scales = ['token', 'absolute', 'answer']
  await measure('rescale', async (round) => {
    await scale.selectOption(scales[round % scales.length] ?? 'answer')
  })
  await measure('patch', async (round) => {
    const { x, y } = await view.patch(round % 12, (round * 5) % 12)
    await page.mouse.move(x, y)
  })
} finally {
  await whence.close()
  await (await sharedChromium()).close()
}
