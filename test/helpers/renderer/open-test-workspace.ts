import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Workspace } from '../../../src/renderer/state/workspace.ts'
import type { StartManner } from '../../../src/renderer/state/commands/start.ts'
import { createWorkspace } from '../../../src/renderer/state/workspace.ts'
import type { FakeHost, FakeOptions } from './fake-host.ts'
import { openFakeHost } from './fake-host.ts'
import type { Recording } from './recorded-answers.ts'
import { readRecording } from './recorded-answers.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** A workspace on recorded answers, and the host behind it. */
export interface TestWorkspace {
  readonly workspace: Workspace
  readonly host: FakeHost
  readonly recording: Recording
  /** Files that were handed to the browser. */
  readonly downloads: string[]
}

/** Reads the recorded answers. */
async function testRecording(): Promise<Recording> {
  return readRecording(gunzipSync(await readFile(join(root, 'test', 'fixtures', 'renderer', 'answers.json.gz'))).toString())
}

/** Opens a workspace that has started; its host answers at once. */
export async function openTestWorkspace(
  options: Partial<FakeOptions> = {},
  manner: StartManner = 'usual',
): Promise<TestWorkspace> {
  const recording = await testRecording()
  const picture = async (name: string) => new Uint8Array(await readFile(join(root, 'resources', 'samples', `${name}.png`)))
  const host = openFakeHost({ recording, picture, pace: 0, entries: 12, settings: {}, ...options })
  const downloads: string[] = []
  const workspace = createWorkspace(host, (name) => downloads.push(name))
  await workspace.start(manner)
  return { workspace, host, recording, downloads }
}
