// @vitest-environment jsdom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Candidates } from '../../../../src/renderer/features/candidates/candidates.tsx'
import { TokenSection } from '../../../../src/renderer/features/candidates/token-section.tsx'
import { TokenRow } from '../../../../src/renderer/features/tokens/token-row.tsx'
import { RelevantWords } from '../../../../src/renderer/features/words/relevant-words.tsx'
import { selectView } from '../../../../src/renderer/state/store.ts'
import { rendered } from './rendered.tsx'

afterEach(cleanup)

const window = (
  <>
    <TokenRow />
    <TokenSection />
    <Candidates />
    <RelevantWords />
  </>
)

describe('the token row', () => {
  it('holds exactly the tokens’ texts, white space included', async () => {
    const { page, recording } = await rendered(window)
    const texts = (name: string) =>
      within(page.getByRole('list', { name }))
        .getAllByRole('button')
        .map(({ textContent }) => textContent)
    const { prompt, completion } = recording.answers[0]?.explanation ?? { prompt: { tokens: [] }, completion: { tokens: [] } }
    expect(texts('Prompt words')).toEqual(prompt.tokens.map(({ text }) => text))
    expect(texts('Completion')).toEqual(completion.tokens.map(({ text }) => text))
  })

  it('pins on a click and extends with shift; the pinned ones say so', async () => {
    const { page } = await rendered(window)
    const tokens = within(page.getByRole('list', { name: 'Completion' })).getAllByRole('button')
    const pinned = () => tokens.map((token) => token.getAttribute('aria-pressed')).join(' ')
    fireEvent.click(tokens[1] as HTMLElement)
    expect(pinned()).toBe('false true false false false false')
    fireEvent.click(tokens[3] as HTMLElement, { shiftKey: true })
    expect(pinned()).toBe('false true true true false false')
    expect(page.getByRole('heading', { name: '“cats and a”' })).toBeDefined()
    expect(page.getByText('mean of 3 tokens')).toBeDefined()
  })

  it('has one stop for the Tab key in each list', async () => {
    const { page } = await rendered(window)
    for (const name of ['Prompt words', 'Completion']) {
      const stops = within(page.getByRole('list', { name }))
        .getAllByRole('button')
        .filter(({ tabIndex }) => tabIndex === 0)
      expect(stops).toHaveLength(1)
    }
  })
})

describe('candidates', () => {
  it('turn the map into a difference, and back', async () => {
    const { page, workspace } = await rendered(window)
    workspace.pinning.pin({ segment: 'completion', index: 4 }, false)
    fireEvent.click(await page.findByRole('button', { name: /^Why dog, not / }))
    expect(page.getByRole('heading', { name: /^why “dog” and not “/ })).toBeDefined()
    expect(page.getByText(/^odds of “dog” against “/)).toBeDefined()
    fireEvent.click(page.getByRole('button', { name: 'Show it alone' }))
    expect(page.queryByText(/^odds of/)).toBeNull()
    expect(page.getByRole('heading', { name: '“dog”' })).toBeDefined()
  })
})

describe('relevant words', () => {
  it('have bars on the scale of the map, not on one of their own', async () => {
    const { page, workspace } = await rendered(window)
    const view = selectView(workspace.store.getState())
    const maximum = view?.scale.maximum ?? Number.NaN
    for (const { label, nats } of view?.words ?? []) {
      const bar = page.container.querySelector<HTMLElement>(`[data-word="${label}"] .track > span`)
      expect(Number.parseFloat(bar?.style.width ?? ''), label).toBeCloseTo(50 * Math.min(1, Math.abs(nats) / maximum), 3)
    }
    expect(maximum).not.toBeCloseTo(Math.max(...(view?.words ?? []).map(({ nats }) => Math.abs(nats))), 3)
  })

  it('say in their titles what was computed: f, neighbours and exactness', async () => {
    const { page } = await rendered(window)
    for (const word of within(page.getByRole('list', { name: 'Relevant words' })).getAllByRole('button'))
      expect(word.title).toMatch(/^“.*”: [+−]?\d.* nats: .*\(f 0\.90, with(out)? neighbours.*, exact\)$/)
  })

  it('come strongest first, with their numbers', async () => {
    const { page } = await rendered(window)
    const list = within(page.getByRole('list', { name: 'Relevant words' }))
    const sizes = list
      .getAllByRole('listitem')
      .map(({ textContent }) => Math.abs(Number(/[+−]?[\d.]+$/.exec(textContent)?.[0].replace('−', '-'))))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(sizes[0]).toBeGreaterThan(1)
  })
})
