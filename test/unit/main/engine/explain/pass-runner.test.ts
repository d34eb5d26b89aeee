import { expect, it } from 'vitest'
import { sweepSetup } from '../../../../../src/main/engine/explain/pass-runner.ts'
import { embedSequence } from '../../../../../src/main/engine/sequence/embedded-sequence.ts'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { tinyGrid, tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

it('names a sweep’s picture only where it stands at the front', async () => {
  for (const start of [0, 1]) {
    const model = tinyModel({ grid: { ...tinyGrid, start } })
    const image = await tinyPicture(model, 'cats')
    const sequence = await embedSequence(model, image, model.tokenizer.encode('see a'), model.tokenizer.encode(' cat.'))
    const targets = [{ at: 7, id: 3 }]
    expect(sweepSetup(sequence, image, defaultSuppression, targets)).toEqual({
      embeddings: sequence.embeddings,
      length: 9,
      picture: start === 0 ? 'cats' : null,
      suppression: defaultSuppression,
      targets,
    })
    expect(sweepSetup(sequence, null, defaultSuppression, targets).picture).toBeNull()
  }
})
