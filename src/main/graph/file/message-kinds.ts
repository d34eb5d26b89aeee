/** What is done with the fields of a message (numbers of onnx.proto); fields that are not named are copied as they are. */
export interface MessageKind {
  /** Messages that are walked in turn. */
  readonly inner?: Readonly<Record<number, () => MessageKind>>
  /** Notes of exporters, and types that ONNX Runtime finds again by itself. */
  readonly dropped?: readonly number[]
  /** Lists of numbers. */
  readonly numbers?: readonly number[]
  /** Raw data that may stay in the file. */
  readonly weights?: number
}
const tensor: MessageKind = { dropped: [12, 16], numbers: [4, 5, 7, 10, 11] }
const initializer: MessageKind = { ...tensor, weights: 9 }
const sparse: MessageKind = { inner: { 1: () => tensor, 2: () => tensor } }
const attribute: MessageKind = {
  inner: { 5: () => tensor, 6: () => graph, 10: () => tensor, 11: () => graph, 22: () => sparse, 23: () => sparse },
  dropped: [13],
  numbers: [7, 8],
}
/** A node of a graph. */
export const node: MessageKind = { inner: { 5: () => attribute }, dropped: [6, 9, 10] }
const graph: MessageKind = { inner: { 1: () => node, 5: () => initializer, 15: () => sparse }, dropped: [10, 13, 14, 16] }
/** A whole model. */
export const model: MessageKind = { inner: { 7: () => graph }, dropped: [6, 14, 20, 26] }
