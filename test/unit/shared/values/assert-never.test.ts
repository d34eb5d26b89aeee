import { expect, it } from 'vitest'
import { assertNever } from '../../../../src/shared/values/assert-never.ts'

it('assertNever throws with the case that is missing', () => {
  expect(() => assertNever({ kind: 'new' } as never)).toThrow('a case is missing for {"kind":"new"}')
})
