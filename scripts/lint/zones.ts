/** A folder, what it may import besides itself, and where to go instead. */
export interface Zone {
  /** Path from the repository root; a folder ends in `/`. */
  readonly place: string
  /** Other places it sees; itself and what lies in it, always. */
  readonly sees: readonly string[]
  /** npm packages it may import; left out: all that have no home elsewhere. */
  readonly packages?: readonly string[]
  /** Whether it runs in Node and may import Node's own modules. */
  readonly node: boolean
  /** What to do instead: the second half of the message. */
  readonly door: string
}

/** Modules that only one corner of the house may import, and where to go instead. */
export interface Home {
  readonly modules: readonly string[]
  /** The files that may import them. */
  readonly files: RegExp
  readonly door: string
}

const shared = 'src/shared/'
const lower = [shared, 'src/main/graph/', 'src/main/engine/', 'src/main/storage/', 'src/main/export/']
const useCase = [...lower, 'src/main/process/', 'src/main/explain/', 'src/main/evaluate/']
const router = [...useCase, 'src/main/ipc/']

/**
 * Which folder sees which: shared <- graph <- engine, storage, export <- process <- explain <- ipc, server, cli, window <- index.
 * The first zone that holds a file counts; a file of `src` outside every zone sees nothing. Folders not built yet are listed too.
 */
export const zones: readonly Zone[] = [
  {
    place: 'src/shared/domain/',
    sees: [],
    packages: [],
    node: false,
    door: 'the domain is the ground floor; move the type down here, or the function up to the folder that needs it',
  },
  {
    place: shared,
    sees: [],
    packages: ['zod'],
    node: false,
    door: 'shared is pure and runs in every process; take what you need as an argument and answer with a value',
  },
  {
    place: 'src/main/graph/',
    sees: [shared],
    node: true,
    door: 'graph turns bytes into bytes; src/main/engine calls it, so take what you need as an argument',
  },
  {
    place: 'src/main/engine/',
    sees: [shared, 'src/main/graph/'],
    node: true,
    door: 'the engine tells what happens as events (src/main/engine/engine.ts); src/main/explain listens and decides',
  },
  {
    place: 'src/main/storage/',
    sees: [shared],
    node: true,
    door: 'storage keeps values of src/shared/domain; src/main/explain brings and fetches them',
  },
  {
    place: 'src/main/export/',
    sees: [shared],
    node: true,
    door: 'export draws values of src/shared/domain; the caller reads files, asks the engine and passes the result in',
  },
  {
    place: 'src/main/process/',
    sees: [shared, 'src/main/graph/', 'src/main/engine/'],
    node: true,
    door: 'the engine process carries src/main/engine/engine.ts and nothing else; hosts start it',
  },
  {
    place: 'src/main/explain/',
    sees: [...lower, 'src/main/process/'],
    node: true,
    door: 'the use case publishes events; src/main/ipc, src/main/server and src/main/cli subscribe to them',
  },
  {
    place: 'src/main/evaluate/',
    sees: useCase,
    node: true,
    door: 'measurements answer with numbers; src/main/cli prints them',
  },
  {
    place: 'src/main/ipc/',
    sees: useCase,
    node: true,
    door: 'the router calls the use cases in src/main/explain; hosts (src/main/server, src/main/window) are handed the router',
  },
  { place: 'src/main/server/', sees: router, node: true, door: 'the browser host only carries the router of src/main/ipc' },
  {
    place: 'src/main/cli/',
    sees: [...router, 'src/main/server/'],
    node: true,
    door: 'the command line knows no window; src/main/index.ts opens it',
  },
  {
    place: 'src/main/window/',
    sees: [shared, 'src/main/ipc/'],
    node: true,
    door: 'windows know the router of src/main/ipc and nothing behind it',
  },
  { place: 'src/main/', sees: [shared], node: true, door: 'only src/main and src/shared belong to this process' },
  {
    place: 'src/preload/',
    sees: [shared],
    packages: ['electron'],
    node: false,
    door: 'the preload forwards calls of src/shared/ipc and knows nothing else',
  },
  {
    place: 'src/renderer/',
    sees: [shared],
    node: false,
    door: 'the renderer has no Node; call a method of src/shared/ipc through src/renderer/host',
  },
]

const network = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'ws', 'undici']

/** The one home of each module that reaches out of the process (a window, the accelerator, the network) or that could be exchanged for another. */
export const homes: readonly Home[] = [
  {
    modules: ['electron'],
    files: /^src\/(main\/window\/|main\/ipc\/electron-[^/]*\.ts$|preload\/)/,
    door: 'Electron lives in src/main/window, src/main/ipc/electron-*.ts and src/preload; ask for a callback instead',
  },
  {
    modules: ['onnxruntime-node', 'onnxruntime-common'],
    files: /^src\/main\/engine\/session\.ts$/,
    door: 'open a session through src/main/engine/session.ts',
  },
  {
    modules: ['sharp'],
    files: /^src\/main\/(engine\/(picture|preprocess)[^/]*\.ts$|export\/)/,
    door: 'read pictures through src/main/engine/picture*.ts and draw them in src/main/export',
  },
  { modules: ['@resvg/resvg-js'], files: /^src\/main\/export\//, door: 'draw in src/main/export' },
  {
    modules: ['onnx-buf', '@bufbuild/protobuf'],
    files: /^src\/main\/graph\//,
    door: 'model files are read and written in src/main/graph',
  },
  {
    modules: ['@huggingface/tokenizers'],
    files: /^src\/main\/engine\/tokenizer[^/]*\.ts$/,
    door: 'cut text into tokens through src/main/engine/tokenizer.ts',
  },
  {
    modules: ['commander', 'cli-progress', 'cli-table3'],
    files: /^src\/main\/cli\//,
    door: 'terminals and arguments belong to src/main/cli',
  },
  { modules: ['better-sqlite3'], files: /^src\/main\/storage\//, door: 'keep and fetch through src/main/storage' },
  {
    modules: network,
    files: /^src\/main\/server\//,
    door: 'Whence opens no connection; only src/main/server listens, on loopback',
  },
]
