import { spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  electronLauncher,
  type ForkUtility,
  type UtilityChild,
} from '../../../../../../src/main/engine/process/parent/electron-launcher.ts'
import type { ProcessExit } from '../../../../../../src/main/engine/process/parent/launcher.ts'

const entry = new URL('file:///app/utility-entry.js')

/** A utility process that only listens. */
class Child extends EventEmitter implements UtilityChild {
  pid: number | undefined = undefined
  readonly stderr = new EventEmitter()
  readonly posted: unknown[] = []
  killed = 0
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  kill(): boolean {
    this.killed += 1
    return true
  }
}

function launch(): {
  child: Child
  asked: Parameters<ForkUtility>
  port: ReturnType<ReturnType<typeof electronLauncher>['launch']>
} {
  const child = new Child()
  const calls: Parameters<ForkUtility>[] = []
  const port = electronLauncher((...given) => {
    calls.push(given)
    return child
  }, entry).launch()
  return { child, asked: calls[0] as Parameters<ForkUtility>, port }
}

describe('electronLauncher', () => {
  it('starts the built program, with standard error to read and no options or secrets of this process', () => {
    process.env['WHENCE_SECRET'] = 'x'
    const { asked } = launch()
    delete process.env['WHENCE_SECRET']
    const [program, args, { env, execArgv, stdio }] = asked
    expect(program).toBe('/app/utility-entry.js')
    expect([args, execArgv]).toEqual([[], []])
    expect(stdio).toEqual(['ignore', 'ignore', 'pipe'])
    expect(Object.keys(env)).not.toContain('WHENCE_SECRET')
    expect(Object.keys(env)).not.toContain('NODE_OPTIONS')
  })

  it('reports the exit once, with the last output and what V8 died of', () => {
    const { child, port } = launch()
    const exits: ProcessExit[] = []
    port.onExit((exit) => exits.push(exit))
    child.stderr.emit('data', Buffer.from('heap out '))
    child.stderr.emit('data', Buffer.from('of memory'))
    child.emit('error', 'FatalError', 'v8::internal')
    child.emit('exit', 5)
    expect(exits).toEqual([
      { code: 5, signal: null, launchError: null, lastOutput: 'heap out of memory\nFatalError in v8::internal' },
    ])
  })

  it('keeps the end of long last output, and no half characters', () => {
    const { child, port } = launch()
    const exits: ProcessExit[] = []
    port.onExit((exit) => exits.push(exit))
    const [first, ...rest] = Buffer.from('ä')
    child.stderr.emit('data', Buffer.from([...Buffer.from('x'.repeat(5000)), first ?? 0]))
    child.stderr.emit('data', Buffer.from(rest))
    child.emit('exit', 1)
    expect(exits[0]?.lastOutput).toBe(`${'x'.repeat(4095)}ä`)
  })

  it('hands messages on as they are, and none to a process that has gone', () => {
    const { child, port } = launch()
    const heard: unknown[] = []
    port.onMessage((message) => heard.push(message))
    child.emit('message', { kind: 'heartbeat' })
    port.postMessage({ kind: 'ping' })
    child.emit('exit', 0)
    port.postMessage({ kind: 'ping' })
    expect(heard).toEqual([{ kind: 'heartbeat' }])
    expect(child.posted).toEqual([{ kind: 'ping' }])
  })

  it('has a pid while the process runs', () => {
    const { child, port } = launch()
    expect(port.pid).toBe(null)
    child.pid = 7
    expect(port.pid).toBe(7)
  })

  it('ends a process that does not listen to a polite signal', async () => {
    const { child, port } = launch()
    const deaf: ChildProcess = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1e6)",
    ])
    await once(deaf.stdout ?? deaf, 'data')
    child.pid = deaf.pid
    const exited = once(deaf, 'exit')
    port.kill()
    expect(child.killed).toBe(1)
    if (process.platform === 'win32') deaf.kill()
    expect((await exited)[1]).toBe(process.platform === 'win32' ? 'SIGTERM' : 'SIGKILL')
    port.kill()
  })
})
