import { z } from 'zod'
import { methods } from '../../shared/contract/methods.ts'
import { bytes } from '../../shared/contract/schemas.ts'

/** Fields of a method's request that hold a file's bytes; JSON has them in base64. */
export function byteFields(name: string): readonly string[] {
  const request = Object.hasOwn(methods, name) ? methods[name as keyof typeof methods].request : null
  const fields = request instanceof z.ZodReadonly ? request.unwrap() : request
  if (!(fields instanceof z.ZodObject)) return []
  return Object.entries(fields.shape).flatMap(([field, schema]) => (schema === bytes ? [field] : []))
}
