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
  readonly instead: string
}

/** Modules that only one part of the project may import, and where to go instead. */
export interface Home {
  readonly modules: readonly string[]
  /** The files that may import them. */
  readonly files: RegExp
  readonly instead: string
}

const shared = 'src/shared/'
const files = 'src/main/files/'
const graph = 'src/main/graph/'
const engine = 'src/main/engine/'
const services = [shared, files, graph, engine, 'src/main/storage/', 'src/main/export/']
const app = [...services, 'src/main/app/']

/**
 * Which folder sees which: shared <- files, graph <- engine; shared, files <- storage, export; all <- app, evaluation <- server, desktop, cli <- index.
 * The first zone that holds a file counts; a file of `src` outside every zone sees nothing.
 */
export const zones: readonly Zone[] = [
  {
    place: 'src/shared/values/',
    sees: [],
    packages: [],
    node: false,
    instead: 'values stand below everything else; move the type down here, or the function up to the folder that needs it',
  },
  {
    place: shared,
    sees: [],
    packages: ['zod'],
    node: false,
    instead: 'shared is pure and runs in every process; take what you need as an argument and answer with a value',
  },
  {
    place: files,
    sees: [shared],
    node: true,
    instead: 'files reads and writes whatever it is handed; the caller knows what it is',
  },
  {
    place: graph,
    sees: [shared, files],
    node: true,
    instead: 'graph turns bytes into bytes; src/main/engine calls it, so take what you need as an argument',
  },
  {
    place: engine,
    sees: [shared, files, graph],
    node: true,
    instead: 'the engine reports what happens as events (src/main/engine/engine.ts); src/main/app listens and decides',
  },
  {
    place: 'src/main/storage/',
    sees: [shared, files],
    node: true,
    instead: 'storage keeps values of src/shared; src/main/app brings and fetches them',
  },
  {
    place: 'src/main/export/',
    sees: [shared, files],
    node: true,
    instead: 'export draws a View of src/shared/explanation; the caller reads files, asks the engine and passes the result in',
  },
  {
    place: 'src/main/app/',
    sees: services,
    node: true,
    instead: 'the app is handed to the hosts (src/main/server, src/main/desktop, src/main/cli); it knows none of them',
  },
  {
    place: 'src/main/evaluation/',
    sees: services,
    node: true,
    instead: 'measurements answer with numbers; src/main/cli prints them',
  },
  { place: 'src/main/server/', sees: app, node: true, instead: 'the browser host only carries the router of src/main/app' },
  {
    place: 'src/main/desktop/',
    sees: app,
    node: true,
    instead: 'the desktop knows src/main/app and what lies behind it, no other host',
  },
  {
    place: 'src/main/cli/',
    sees: [...app, 'src/main/evaluation/', 'src/main/server/'],
    node: true,
    instead: 'the command line knows no window; src/main/index.ts opens it',
  },
  { place: 'src/main/', sees: [shared], node: true, instead: 'only src/main and src/shared belong to this process' },
  {
    place: 'src/preload/',
    sees: [shared],
    packages: ['electron'],
    node: false,
    instead: 'the preload forwards calls of src/shared/contract and knows nothing else',
  },
  {
    place: 'src/report/',
    sees: [shared],
    packages: [],
    node: false,
    instead: "the report's page only draws a View and asks the next question; what is drawn lies in src/shared/report",
  },
  {
    place: 'src/renderer/features/',
    sees: [shared, 'src/renderer/components/', 'src/renderer/hooks/', 'src/renderer/state/', 'src/renderer/host/'],
    node: false,
    instead: 'features never import the shell; src/renderer/app puts them together',
  },
  {
    place: 'src/renderer/components/',
    sees: [shared],
    node: false,
    instead: 'components are handed values and callbacks; src/renderer/features connects them to the state',
  },
  {
    place: 'src/renderer/hooks/',
    sees: [shared, 'src/renderer/state/', 'src/renderer/host/'],
    node: false,
    instead: 'hooks connect the state to React; what is drawn lies in src/renderer/features',
  },
  {
    place: 'src/renderer/state/',
    sees: [shared, 'src/renderer/host/'],
    node: false,
    instead: 'the state knows the host and nothing that is drawn',
  },
  { place: 'src/renderer/host/', sees: [shared], node: false, instead: 'the host carries calls of src/shared/contract' },
  {
    place: 'src/renderer/',
    sees: [shared],
    node: false,
    instead: 'the renderer has no Node; call a method of src/shared/contract through src/renderer/host',
  },
]

const network = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'ws', 'undici']

/** The one home of each module that reaches out of the process (a window, the accelerator, the network) or that could be exchanged for another. */
export const homes: readonly Home[] = [
  {
    modules: ['electron'],
    files: /^src\/(main\/desktop\/|preload\/)/,
    instead: 'Electron lives in src/main/desktop and src/preload; ask for a callback instead',
  },
  {
    modules: ['onnxruntime-node', 'onnxruntime-common'],
    files: /^src\/main\/engine\/runtime\/session\.ts$/,
    instead: 'open a session through src/main/engine/runtime/session.ts',
  },
  {
    modules: ['sharp'],
    files: /^src\/main\/(engine\/picture\/|export\/)/,
    instead: 'read pictures through src/main/engine/picture and draw them in src/main/export',
  },
  { modules: ['@resvg/resvg-js'], files: /^src\/main\/export\//, instead: 'draw in src/main/export' },
  {
    modules: ['onnx-buf', '@bufbuild/protobuf'],
    files: /^src\/main\/graph\//,
    instead: 'model files are read and written in src/main/graph',
  },
  {
    modules: ['@huggingface/tokenizers'],
    files: /^src\/main\/engine\/text\/tokenizer[^/]*\.ts$/,
    instead: 'cut text into tokens through src/main/engine/text/tokenizer.ts',
  },
  {
    modules: ['commander', 'cli-progress', 'cli-table3'],
    files: /^src\/main\/cli\//,
    instead: 'terminals and arguments belong to src/main/cli',
  },
  { modules: ['better-sqlite3'], files: /^src\/main\/storage\//, instead: 'keep and fetch through src/main/storage' },
  {
    modules: network,
    files: /^src\/main\/server\//,
    instead: 'Whence opens no connection; only src/main/server listens, on loopback',
  },
]
