/**
 * `npm run e2e`: the end-to-end tests, in a network namespace of their own that has a loopback device and nothing else, where the machine permits
 * one; a test notes which it was. What is passed on the command line goes to vitest.
 */
import { spawnSync } from 'node:child_process'
import { apart, apartVariable } from './e2e/apart.ts'

const given = process.argv.slice(2)
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', ...given]
const { command, words, isApart } = apart(process.execPath, vitest)
const { status } = spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, [apartVariable]: isApart ? '1' : '' } })
process.exitCode = status ?? 1
