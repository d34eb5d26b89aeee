import type { CheckResult, Checker } from '@stryker-mutator/api/check'
import { CheckStatus } from '@stryker-mutator/api/check'
import type { Ignorer } from '@stryker-mutator/api/ignore'
import { PluginKind, declareFactoryPlugin, declareValuePlugin } from '@stryker-mutator/api/plugin'
import type { StrykerOptions } from '@stryker-mutator/api/core'
import type { SyntaxPath } from './programmer-errors.ts'
import { isProgrammerText } from './programmer-errors.ts'
import type { Sample } from './sample.ts'
import { drawGroups, isDrawn } from './sample.ts'

/** Names of the plugins, for Stryker's options. */
export const pluginNames = { sample: 'whence-sample', programmerErrors: 'whence-programmer-errors' } as const

/** Under which option the sample is handed to Stryker. */
export const sampleOption = 'whenceSample'

/** Why a mutant outside the sample was not tried. */
export const notDrawn = 'not in the sample'

const programmerErrors: Ignorer = {
  shouldIgnore: (path) => (isProgrammerText(path as SyntaxPath) ? 'text of an error for programmers' : undefined),
}

function sampleChecker(options: StrykerOptions): Checker {
  const sample = options[sampleOption] as Sample
  return {
    init: async () => {},
    group: async (mutants) =>
      drawGroups(
        mutants.map(({ id }) => id),
        sample,
      ),
    check: async (mutants) => Object.fromEntries(mutants.map(({ id }) => [id, verdict(isDrawn(mutants))])),
  }
}
sampleChecker.inject = ['options'] as ['options']

function verdict(drawn: boolean): CheckResult {
  return drawn ? { status: CheckStatus.Passed } : { status: CheckStatus.CompileError, reason: notDrawn }
}

/** What Stryker loads from this file. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, pluginNames.programmerErrors, programmerErrors),
  declareFactoryPlugin(PluginKind.Checker, pluginNames.sample, sampleChecker),
]
