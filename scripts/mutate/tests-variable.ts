/** Environment variable with the patterns of the test files, as a JSON list: Stryker starts Vitest in other processes, with a fixed configuration file. */
export const testsVariable = 'WHENCE_MUTATE_TESTS'
