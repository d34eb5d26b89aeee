import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LogLevel, PartialStrykerOptions } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'
import type { MutatedFolder } from './folders.ts'
import { notDrawn, pluginNames, sampleOption } from './plugins.ts'
import type { TriedMutant } from './report.ts'
import type { Sample } from './sample.ts'
import { testsVariable } from './tests-variable.ts'

const plugins = fileURLToPath(new URL('plugins.ts', import.meta.url))
const vitestConfig = 'scripts/mutate/vitest.config.ts'

/**
 * Runs the tests of a folder against its mutants. Stryker works on a copy of the project; the files here stay as they are.
 * @param mutated the folder and the tests that may kill its mutants
 * @param temporary an existing folder for the copy, outside the project
 * @param sample which mutants are tried; `null` for all
 * @returns the mutants tried, with file names from the repository root
 */
export async function runFolder(mutated: MutatedFolder, temporary: string, sample: Sample | null): Promise<TriedMutant[]> {
  process.env[testsVariable] = JSON.stringify(mutated.tests)
  const results = await new Stryker(strykerOptions(mutated.folder, temporary, sample)).runMutationTest()
  return results
    .filter(({ status, statusReason }) => status !== 'Ignored' && (sample?.size === 0 || statusReason !== notDrawn))
    .map((mutant) => ({ ...mutant, fileName: relative(process.cwd(), mutant.fileName) }))
}

function strykerOptions(folder: string, temporary: string, sample: Sample | null): PartialStrykerOptions {
  return {
    mutate: [folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`],
    testRunner: 'vitest',
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner'), plugins],
    ignorers: [pluginNames.programmerErrors],
    ...(sample === null ? {} : { checkers: [pluginNames.sample], [sampleOption]: sample }),
    vitest: { configFile: vitestConfig },
    coverageAnalysis: 'perTest',
    // Type stripping needs no comments against type errors.
    disableTypeChecks: false,
    // An endless loop is noticed by its count of steps; a busy machine must not look like one.
    timeoutMS: 30_000,
    dryRunTimeoutMinutes: 20,
    allowEmpty: true,
    reporters: process.stdout.isTTY ? ['progress'] : [],
    tempDirName: temporary,
    cleanTempDir: 'always',
    ignorePatterns: ['out', 'coverage', 'docs', 'models/training'],
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum that is only declared has no value to import
    logLevel: 'error' as LogLevel.Error,
    allowConsoleColors: false,
  }
}
