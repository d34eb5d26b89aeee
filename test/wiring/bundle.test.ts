/** The built files themselves: what they load, and who may load Electron. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = join(root, 'out')
const native = ['@resvg/resvg-js', 'better-sqlite3', 'onnxruntime-node', 'sharp']

describe('the preload', () => {
  it('is one CommonJS file that requires Electron alone', () => {
    expect(readdirSync(join(built, 'preload'))).toEqual(['index.cjs'])
    const source = readFileSync(join(built, 'preload', 'index.cjs'), 'utf8')
    expect([...source.matchAll(/\brequire\(([^)]*)\)/g)].map(([, asked]) => asked)).toEqual(['"electron"'])
    expect(source).not.toMatch(/^\s*(import|export)\b|\bimport\(/m)
  })

  it('stays a forwarder', () => {
    expect(readFileSync(join(root, 'src/preload/index.ts'), 'utf8').split('\n').length).toBeLessThan(40)
  })
})

describe('the main process', () => {
  const files = readdirSync(join(built, 'main'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  const imported = (name: string): string[] => {
    const source = readFileSync(join(built, 'main', name), 'utf8')
    return [...source.matchAll(/^(?:import|export)\b[^;]*?from\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
      ([, from, bare, lazy]) => from ?? bare ?? lazy ?? '',
    )
  }
  const packages = (name: string): string[] =>
    imported(name).filter((module) => !/^(\.|node:)/.test(module) && !builtinModules.includes(module))

  it('loads Electron, native packages and its own files, and nothing else from node_modules', () => {
    expect(files).toContain('index.js')
    expect(files).toContain('utility-entry.js')
    for (const name of files) expect(['electron', ...native]).toEqual(expect.arrayContaining(packages(name)))
  })

  it('keeps the engine out of its own process, and Electron out of the engine’s', () => {
    expect(packages('index.js')).not.toContain('onnxruntime-node')
    expect(packages('utility-entry.js')).not.toContain('electron')
  })

  it('has no way to report crashes, to update itself or to open a connection', () => {
    for (const name of files) {
      const source = readFileSync(join(built, 'main', name), 'utf8')
      // As a method or within a text `fetch(` is lru-cache's, which asks a function for a value; it never calls the global one.
      expect(source).not.toMatch(/crashReporter|autoUpdater|net\.request|(?<!async )(?<![.#\w"])fetch\((?![^()]*\)\s*\{)/)
      for (const module of ['http', 'https', 'net', 'tls', 'dgram', 'dns', 'ws']) {
        expect(imported(name)).not.toContain(module)
        expect(imported(name)).not.toContain(`node:${module}`)
      }
    }
  })
})

describe('the package `electron`', () => {
  // Where there is no binary, loading it starts a download: only its types and its version may be asked for.
  const homes = /^src[\\/](main[\\/]desktop[\\/]|preload[\\/])/
  const typesOnly = /^test[\\/]/

  it('is imported at its homes only; elsewhere its types are', () => {
    const strays = ['src', 'test', 'scripts'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((name) => /\.tsx?$/.test(name) && !homes.test(name) && name !== join('test', 'wiring', 'bundle.test.ts'))
        .filter((name) => {
          const source = readFileSync(join(root, name), 'utf8')
          const loads =
            /(?:require|import)\(\s*['"]electron['"]\s*\)|^import\s+['"]electron['"]|^(?:import|export)\s+(?!type\b)[^;'"]*from\s+['"]electron['"]/m
          const names = /from\s+['"]electron['"]/
          return loads.test(source) || (names.test(source) && !typesOnly.test(name))
        }),
    )
    expect(strays).toEqual([])
  })
})
