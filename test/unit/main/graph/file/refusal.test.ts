import { describe, expect, it } from 'vitest'
import { fail } from '../../../../../src/shared/contract/failure.ts'
import { failFor, modelFileName, Refused } from '../../../../../src/main/graph/file/refusal.ts'
import { failureFrom } from '../model-folder.ts'

const name = { model: 'm', file: 'onnx/f.onnx' }

describe('modelFileName', () => {
  it('speaks of the model by its folder, past the folder onnx', () => {
    expect(modelFileName('/some/m/onnx/f.onnx')).toEqual({ model: 'm', file: 'onnx/f.onnx' })
    expect(modelFileName('/some/m/f.onnx')).toEqual({ model: 'm', file: 'f.onnx' })
  })
})

describe('failFor', () => {
  it.each([
    [new Refused('unsafe', 'why'), { code: 'model-unsafe', data: { ...name, reason: 'why' } }],
    [new Refused('invalid', 'why'), { code: 'model-invalid', data: { ...name, reason: 'why' } }],
    [new Refused('missing', 'weights'), { code: 'model-file-missing', data: { model: 'm', file: 'weights' } }],
  ])('makes a failure of %o', async (refused, failure) => {
    expect(await failureFrom(() => failFor(name, refused))).toEqual(failure)
  })

  it('leaves failures and bugs as they are', async () => {
    const made = (): never => fail('model-missing', { name: 'other' })
    const work = (): void => {
      try {
        made()
      } catch (error) {
        failFor(name, error)
      }
    }
    expect(await failureFrom(work)).toEqual({ code: 'model-missing', data: { name: 'other' } })
    const bug = new TypeError('a bug')
    expect(() => failFor(name, bug)).toThrow(bug)
    expect(new Refused('invalid', 'why').name).toBe('Refused')
  })
})
