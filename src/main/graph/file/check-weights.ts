import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { TensorProto_DataLocation as DataLocation } from 'onnx-buf'
import type { TensorProto } from 'onnx-buf'
import { STRING, bitsOf } from '../onnx/element-type.ts'
import { Refused } from './refusal.ts'
import { elementCount } from '../onnx/tensor.ts'

const mostDimensions = 64
const externalKeys = new Set(['location', 'offset', 'length', 'checksum'])
/** onnx.proto: without an offset the bytes begin at the beginning of the file; without a length they end at its end. */
const wholeFile = { offset: 0 }
/** Windows opens a device under these names, whatever their ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Checks tensors against the files they point to. Remembers the files it has looked at; one for each model file. */
export class WeightCheck {
  readonly #folder: string
  readonly #sizes: Map<string, number>

  /**
   * @param folder of the model file
   * @param main name and size of the model file itself, which is as the person chose it
   */
  constructor(folder: string, main: { readonly name: string; readonly size: number }) {
    this.#folder = folder
    this.#sizes = new Map([[main.name, main.size]])
  }

  /**
   * Checks one initializer: its bytes are there, as many as its sizes say, in this file or in a plain file beside it.
   * @throws Refused
   */
  check(tensor: TensorProto): void {
    const bytes = bytesOf(tensor)
    const { externalData, dataLocation, rawData } = tensor
    if (externalData.length === 0 && dataLocation !== DataLocation.EXTERNAL) {
      if (rawData.length > 0 ? BigInt(rawData.length) !== bytes : !isListed(tensor)) throw mismatch(tensor)
      return
    }
    if (rawData.length > 0) throw new Refused('invalid', `holds ${tensor.name} here and elsewhere`)
    const { location, offset, length } = this.#reference(tensor)
    const size = this.#sizeOf(location)
    const taken = length ?? size - offset
    if (offset + taken > size) throw new Refused('unsafe', `says that ${tensor.name} lies beyond the end of ${location}`)
    if (BigInt(taken) !== bytes) throw mismatch(tensor)
  }

  #reference({ name, externalData }: TensorProto): { location: string; offset: number; length: number | null } {
    const entries = new Map(externalData.map(({ key, value }) => [key, value]))
    if (entries.size < externalData.length) throw new Refused('unsafe', `says twice where ${name} lies`)
    const stranger = [...entries.keys()].find((key) => !externalKeys.has(key))
    if (stranger !== undefined) throw new Refused('unsafe', `says where ${name} lies in an unknown way`)
    const number = (key: string): number | null => {
      const value = entries.get(key)
      if (value === undefined) return null
      if (!/^\d{1,15}$/.test(value)) throw new Refused('unsafe', `gives no proper ${key} for ${name}`)
      return Number(value)
    }
    const location = entries.get('location')
    if (location === undefined) throw new Refused('unsafe', `does not say where ${name} lies`)
    return { location: plainName(location, name), offset: number('offset') ?? wholeFile.offset, length: number('length') }
  }

  #sizeOf(location: string): number {
    const known = this.#sizes.get(location)
    if (known !== undefined) return known
    const found = lstatSync(join(this.#folder, location), { throwIfNoEntry: false })
    if (found === undefined) throw new Refused('missing', location)
    if (!found.isFile()) throw new Refused('unsafe', `takes weights from ${location}, which is a link or no plain file`)
    if (found.nlink !== 1) throw new Refused('unsafe', `takes weights from ${location}, which is linked to from elsewhere`)
    this.#sizes.set(location, found.size)
    return found.size
  }
}

function plainName(location: string, tensor: string): string {
  const plain = /^[^/\\:\0]{1,255}$/.test(location) && location !== '.' && location !== '..' && !device.test(location)
  if (!plain) throw new Refused('unsafe', `takes ${tensor} from outside its folder`)
  return location
}

/** Whether the numbers are listed one by one; how many of them make an element is left to ONNX Runtime. */
function isListed({ dims, floatData, int32Data, int64Data, doubleData, uint64Data, stringData }: TensorProto): boolean {
  const lists = [floatData, int32Data, int64Data, doubleData, uint64Data, stringData]
  return elementCount({ dims }) <= 2n * BigInt(lists.reduce((sum, list) => sum + list.length, 0))
}

/** Bytes that the sizes and the element type ask for. */
function bytesOf(tensor: TensorProto): bigint {
  if (tensor.dims.length > mostDimensions) throw new Refused('invalid', `gives ${tensor.name} too many dimensions`)
  if (tensor.dims.some((size) => size < 0n)) throw new Refused('invalid', `gives ${tensor.name} a negative size`)
  const bits = bitsOf(tensor.dataType)
  if (bits !== null) return (elementCount(tensor) * bits + 7n) / 8n
  const inline = tensor.dataType === STRING && tensor.externalData.length === 0 && tensor.rawData.length === 0
  if (!inline) throw new Refused('invalid', `gives ${tensor.name} an unknown type`)
  return 0n
}

function mismatch({ name }: TensorProto): Refused {
  return new Refused('unsafe', `holds another number of bytes for ${name} than its sizes say`)
}
