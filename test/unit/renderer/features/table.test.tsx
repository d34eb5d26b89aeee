// @vitest-environment jsdom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { RelevanceTable } from '../../../../src/renderer/features/matrix/relevance-table.tsx'
import { rendered } from './rendered.tsx'

afterEach(cleanup)

describe('the relevance table', () => {
  it('has a row for every part of the input and a column for every token of the completion', async () => {
    const { page, recording } = await rendered(<RelevanceTable />)
    const table = within(page.getByRole('table', { name: 'Relevance table' }))
    const explanation = recording.answers[0]?.explanation
    expect(table.getAllByRole('row')).toHaveLength(1 + (explanation?.inputs.length ?? 0))
    expect(table.getAllByRole('columnheader')).toHaveLength(2 + (explanation?.completion.tokens.length ?? 0))
  })

  it('sorts by the pinned token first, and by any heading on a click', async () => {
    const { page } = await rendered(<RelevanceTable />)
    const table = within(page.getByRole('table', { name: 'Relevance table' }))
    const numbers = (column: number) =>
      table
        .getAllByRole('row')
        .slice(1)
        .map((row) => Number(row.children[column]?.textContent.replace('−', '-').replace('–', 'NaN')))
        .filter(Number.isFinite)
    expect(numbers(2)).toEqual(numbers(2).sort((a, b) => b - a))
    const heading = within(table.getAllByRole('columnheader')[6] as HTMLElement).getByRole('button')
    fireEvent.click(heading)
    expect(heading.parentElement?.getAttribute('aria-sort')).toBe('descending')
    expect(numbers(6)).toEqual(numbers(6).sort((a, b) => b - a))
    fireEvent.click(heading)
    expect(numbers(6)).toEqual(numbers(6).sort((a, b) => a - b))
  })

  it('does not show a number where a part had not been read yet', async () => {
    const { page } = await rendered(<RelevanceTable />)
    const row = page.getByRole('rowheader', { name: '“dog”' }).parentElement
    expect([...(row?.querySelectorAll('td') ?? [])].map(({ textContent }) => textContent).slice(1, 6)).toEqual([
      '–',
      '–',
      '–',
      '–',
      '–',
    ])
  })
})
