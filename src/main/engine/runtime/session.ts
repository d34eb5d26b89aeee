import * as ort from 'onnxruntime-node'
import type { Provider } from '../../../shared/explanation/parameters.ts'
import { Failed } from '../../../shared/contract/failure.ts'

/** Numbers with a shape, row-major, in this process's memory. Half precision is widened to float32 on the way out and narrowed on the way in. */
export type Tensor = FloatTensor | IntegerTensor

/** A tensor of 32-bit floats. */
export interface FloatTensor {
  readonly kind: 'float'
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** A tensor of 64-bit integers: token ids, positions, masks. */
export interface IntegerTensor {
  readonly kind: 'integer'
  readonly shape: readonly number[]
  readonly data: BigInt64Array
}

/** Name, element type and shape of an input or output; symbolic dimensions are strings. */
export interface TensorSignature {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** How a session is set up. */
export interface SessionSetup {
  readonly provider: Provider
  /** Folder of the weights that the model refers to; needed when the model comes as bytes. */
  readonly weightsFolder?: string
  /** Largest result that may be computed while loading, in bytes: stops a tiny file from filling the memory. */
  readonly foldingLimit: number
  /** Where ONNX Runtime writes which provider ran which node; see {@link Session.endProfiling}. */
  readonly profilePrefix?: string
}

/** A loaded graph. One run at a time; a run blocks this process's event loop until it is done. */
export interface Session {
  readonly inputs: readonly TensorSignature[]
  readonly outputs: readonly TensorSignature[]
  /**
   * Runs the graph and brings the named outputs, no others, into this process's memory. An output with a place in `into` is written there, which
   * saves a copy; its shape must be the output's.
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    fetch: readonly string[],
    into?: Readonly<Record<string, FloatTensor>>,
  ): Promise<Record<string, FloatTensor>>
  /** Writes the profile and stops profiling. */
  endProfiling(): void
  /** Frees the session with its arena. */
  release(): Promise<void>
}

/** A tensor of floats; the data is not copied. */
export function floats(data: Float32Array, ...shape: number[]): FloatTensor {
  return { kind: 'float', shape, data }
}

/** A tensor of 64-bit integers made from plain numbers. */
export function integers(values: Iterable<number>, ...shape: number[]): IntegerTensor {
  return { kind: 'integer', shape, data: BigInt64Array.from(values, BigInt) }
}

/**
 * Loads a graph from a file, or from bytes whose weights lie in `weightsFolder`.
 * @throws whatever ONNX Runtime says; its messages may hold paths and are not for the person.
 */
export async function openSession(model: string | Uint8Array, setup: SessionSetup): Promise<Session> {
  const options = sessionOptions(setup)
  const session =
    typeof model === 'string'
      ? await ort.InferenceSession.create(model, options)
      : await ort.InferenceSession.create(model, options)
  const types = new Map(signatures([...session.inputMetadata, ...session.outputMetadata]).map(({ name, type }) => [name, type]))
  return {
    inputs: signatures(session.inputMetadata),
    outputs: signatures(session.outputMetadata),
    run: async (feeds, fetch, into = {}) => {
      const fed = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toRuntime(tensor, types.get(name))]))
      const places = Object.fromEntries(fetch.map((name) => [name, placeFor(into[name], types.get(name))]))
      const results = await session.run(fed, places).catch(asFailure)
      return Object.fromEntries(fetch.map((name) => [name, settle(into[name], fromRuntime(name, results[name]))]))
    },
    endProfiling: () => {
      session.endProfiling()
    },
    release: () => session.release(),
  }
}

/** Providers that this build of ONNX Runtime was made with; being listed does not mean that one can run. */
export function builtProviders(): readonly string[] {
  return ort.listSupportedBackends().map((backend) => backend.name)
}

/** Version of ONNX Runtime, for reports. */
export const runtimeVersion: string = ort.env.versions.node ?? ort.env.versions.common

function sessionOptions({
  provider,
  weightsFolder,
  foldingLimit,
  profilePrefix,
}: SessionSetup): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 4,
    extra: {
      session: {
        intra_op: { allow_spinning: '0' },
        ...(weightsFolder === undefined ? {} : { model_external_initializers_file_folder_path: weightsFolder }),
      },
      optimization: { constant_folding_max_output_size_in_bytes: String(foldingLimit) },
    },
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
  }
}

function signatures(metadata: readonly ort.InferenceSession.ValueMetadata[]): TensorSignature[] {
  return metadata.map((value) =>
    value.isTensor ? { name: value.name, type: value.type, shape: value.shape } : { name: value.name, type: 'other', shape: [] },
  )
}

function toRuntime(tensor: Tensor, wanted: string | undefined): ort.Tensor {
  if (tensor.kind === 'integer') return new ort.Tensor('int64', tensor.data, tensor.shape)
  if (wanted !== 'float16') return new ort.Tensor('float32', tensor.data, tensor.shape)
  const halves = new Uint16Array(new Float16Array(tensor.data).buffer)
  const half = new ort.Tensor('float16', halves, tensor.shape)
  // Node 24 has Float16Array, which the binding does not know yet; it wants the bare bits.
  return Object.assign(half, { cpuData: halves })
}

/** Where the runtime writes an output itself; half precision has to be widened first, so it gets no place. */
function placeFor(place: FloatTensor | undefined, type: string | undefined): ort.Tensor | null {
  return place !== undefined && type === 'float32' ? new ort.Tensor('float32', place.data, place.shape) : null
}

function settle(place: FloatTensor | undefined, result: FloatTensor): FloatTensor {
  if (place === undefined) return result
  if (result.data.buffer !== place.data.buffer) place.data.set(result.data)
  return place
}

function fromRuntime(name: string, tensor: ort.Tensor | undefined): FloatTensor {
  const data: unknown = tensor?.data
  if (tensor === undefined) throw new Error(`the graph has no output ${name}`)
  if (data instanceof Float32Array) return floats(data, ...tensor.dims)
  if (data instanceof Float16Array) return floats(Float32Array.from(data), ...tensor.dims)
  if (data instanceof Uint16Array && tensor.type === 'float16') {
    return floats(Float32Array.from(new Float16Array(data.buffer, data.byteOffset, data.length)), ...tensor.dims)
  }
  throw new Error(`output ${name} is ${tensor.type}, not floating point`)
}

function asFailure(error: unknown): never {
  if (/allocat|bad_alloc|out of memory/i.test(String(error)))
    throw new Failed({ code: 'out-of-memory', data: {} }, { cause: error })
  throw error
}
