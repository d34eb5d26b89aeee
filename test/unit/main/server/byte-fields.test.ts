import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { byteFields } from '../../../../src/main/server/byte-fields.ts'
import { methods } from '../../../../src/shared/contract/methods.ts'

/** Whether a schema takes bytes or numbers as bytes anywhere within. */
function holdsBytes(schema: unknown): boolean {
  try {
    return JSON.stringify(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any', override: mark })).includes(
      marked,
    )
  } catch {
    return true
  }
}
const marked = 'holds-bytes'
const mark: NonNullable<z.core.ToJSONSchemaParams['override']> = ({ zodSchema, jsonSchema }) => {
  if (zodSchema._zod.def.type === 'custom') jsonSchema.title = marked
}

describe('the fields of bytes', () => {
  it('are the picture of picture.add, and no others', () => {
    const names = Object.keys(methods).filter((name) => byteFields(name).length > 0)
    expect(names).toEqual(['picture.add'])
    expect(byteFields('picture.add')).toEqual(['bytes'])
    expect([byteFields('nothing.such'), byteFields('__proto__')]).toEqual([[], []])
  })

  it('stand at the top of their requests, where JSON in base64 is looked for', () => {
    for (const [name, { request }] of Object.entries(methods)) {
      const { shape } = (request instanceof z.ZodReadonly ? request.unwrap() : request) as z.ZodObject
      const within = Object.entries(shape).flatMap(([field, schema]) => (holdsBytes(schema) ? [field] : []))
      expect([name, within]).toEqual([name, byteFields(name)])
    }
  })
})
