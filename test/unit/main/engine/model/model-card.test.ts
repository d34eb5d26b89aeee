import { describe, expect, it } from 'vitest'
import { summaryOfCard } from '../../../../../src/main/engine/model/model-card.ts'

describe('summaryOfCard', () => {
  it('takes the summary of the front matter', () => {
    expect(summaryOfCard('---\nlicense: apache-2.0\nsummary: "Knows 183 nouns: no photographs."\n---\n# A model\n\nText.')).toBe(
      'Knows 183 nouns: no photographs.',
    )
  })

  it('takes the first sentence of the first paragraph that is no heading', () => {
    expect(
      summaryOfCard(
        '---\nlicense: mit\n---\n# Name\n\n## Sub\nIt knows **183 nouns** v1.5 of [artwork](https://a.b)\nand colours. More.',
      ),
    ).toBe('It knows 183 nouns v1.5 of artwork and colours.')
  })

  it('passes over pictures, tables and underlined headings', () => {
    expect(summaryOfCard('Name\n====\n\n![x](y.png)\n\n|a|b|\n\nKnows emoji')).toBe('Name')
    expect(summaryOfCard('![x](y.png)\n\n|a|b|\n\nKnows emoji')).toBe('Knows emoji')
  })

  it('is null when a card says nothing', () => {
    expect([summaryOfCard(''), summaryOfCard('# Only a heading\n'), summaryOfCard('---\nlicense: mit\n---\n')]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('is one line of bounded length without control characters', () => {
    const line = summaryOfCard(`summary\u001b[31m ${'word '.repeat(200)}`)
    expect(line).toMatch(/^summary \[31m word [^\n]*…$/)
    expect(line?.length).toBeLessThanOrEqual(300)
  })
})
