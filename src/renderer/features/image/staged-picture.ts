import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { State } from '../../state/state.ts'

/** The picture on the stage, with its size as it was after turning it upright. */
export interface StagedPicture {
  readonly sha256: string
  readonly whole: PixelBox
}

/** Name and size of the picture on the stage: that of the answer, or the one that is about to be asked about; `null` without one. */
export function stagedPicture({ asking, explaining }: Pick<State, 'asking' | 'explaining'>): StagedPicture | null {
  const picture = explaining.answer?.known.picture ?? asking.picture
  if (picture === null || picture.width === 0 || picture.height === 0) return null
  const { sha256, width, height } = picture
  return { sha256, whole: { left: 0, top: 0, width, height } }
}

/** Part of a picture that the model saw: all of it until that is known. */
export function seenPart({ explaining }: Pick<State, 'explaining'>, { whole }: StagedPicture): PixelBox {
  return explaining.answer?.known.picture?.seen ?? whole
}
