import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')

/** What stands before the fuses in Electron's program. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** The fuses as Electron ships them. */
const shipped = '10110101'

/**
 * Packs the built app for Linux as `npm run dist` does.
 * @param electron folder of Electron's program; by default one is made that has nothing of Electron but its fuses
 * @returns the unpacked app's folder
 */
export async function packApp(folder: string, electron: string = electronOfFuses(folder)): Promise<string> {
  const output = join(folder, 'dist')
  const overrides = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  const args = ['--config', 'electron-builder.config.ts', '--linux', 'dir', '--publish', 'never', ...overrides]
  await promisify(execFile)(process.execPath, [builder, ...args], { cwd: root })
  return join(output, arch() === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked')
}

function electronOfFuses(folder: string): string {
  const electron = join(folder, 'electron')
  mkdirSync(join(electron, 'resources'), { recursive: true })
  const program = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, shipped.length]), Buffer.from(shipped), Buffer.alloc(8)])
  writeFileSync(join(electron, 'electron'), program, { mode: 0o755 })
  return electron
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly unpacked?: boolean
  readonly offset?: string
  readonly size?: number
  readonly executable?: boolean
}

/** A file of an ASAR archive. */
export interface ArchivedFile {
  /** With slashes, from the archive's root. */
  readonly path: string
  /** Whether it lies beside the archive. */
  readonly unpacked: boolean
  readonly read: () => Uint8Array
}

/**
 * Files of an ASAR archive: four numbers, of which the second is the length of the header and the fourth that of its JSON; the JSON; the
 * files one after the other.
 */
export function archivedFiles(archive: string): readonly ArchivedFile[] {
  const bytes = readFileSync(archive)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const start = 8 + bytes.readUInt32LE(4)
  const walk = (entry: Entry, path: string): ArchivedFile[] => {
    if (entry.files !== undefined) return Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, join(path, name)))
    const at = start + Number(entry.offset)
    const unpacked = entry.unpacked === true
    return [
      {
        path: path.replaceAll('\\', '/'),
        unpacked,
        read: () => (unpacked ? readFileSync(join(`${archive}.unpacked`, path)) : bytes.subarray(at, at + (entry.size ?? 0))),
      },
    ]
  }
  return walk(header, '')
}

/** Lays an archive out as a folder, what lies beside it included, since Node cannot look into it as Electron does. */
export function layOut(archive: string, folder: string): void {
  for (const { path, read } of archivedFiles(archive)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), read())
  }
}
