import jsdoc from 'eslint-plugin-jsdoc'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { names } from './scripts/lint/names.ts'
import { boundaries } from './scripts/lint/boundaries.ts'
import { plausibleZeros } from './scripts/lint/plausible-zeros.ts'

const typescript = ['**/*.ts', '**/*.tsx']
/** Files whose tool wants a default export. */
const configuration = ['*.config.ts', '*.config.js', 'scripts/test/reporter.ts', 'scripts/mutate/vitest.config.ts']

/** Globals that open a connection. The browser host's server and the renderer's end of it are the only ones to need them. */
const connections = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'Whence opens no connection; only src/main/server and src/renderer/host talk, on loopback.',
}))

export default defineConfig(
  globalIgnores(['out/', 'coverage/', 'models/training/', 'resources/report/report.js']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: typescript,
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsdoc.configs['flat/logical-typescript-error'],
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { layout: { rules: { boundaries, names, 'no-plausible-zero': plausibleZeros } } },
    rules: {
      'layout/boundaries': 'error',
      'layout/names': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 80],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions', 'functions'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Async without await is how an implementation keeps the promise of its interface, also when it throws.
      '@typescript-eslint/require-await': 'off',
      // TypeScript's own business.
      'jsdoc/no-undefined-types': 'off',
      // TypeScript reads a tag anywhere in a line, so a short comment may stay on one.
      'jsdoc/escape-inline-tags': 'off',
      // A parameter is explained where its name and type do not say it all.
      'jsdoc/check-param-names': ['error', { checkDestructured: false, disableMissingParamChecks: true }],
      // Knows no type arguments of calls: `Promise.withResolvers<void>()`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Some failures carry no data; `Record<never, never>` says so.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Would ask for the `!` that no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A ternary says what stands for a missing value where it is a real one; `??` with an empty value is forbidden below.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignoreTernaryTests: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    // The doc comment of an exported name is its contract: meaning, unit, range, shape, errors, source.
    files: ['src/**/*.ts', 'src/**/*.tsx', 'scripts/**/*.ts', 'test/helpers/**/*.ts'],
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: { ArrowFunctionExpression: true, ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: false },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ExportNamedDeclaration > VariableDeclaration'],
        },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: { 'no-console': 'error', 'no-restricted-globals': ['error', { globals: connections, checkGlobalObject: true }] },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > VariableDeclaration[kind="let"]',
          message: 'src/shared keeps no state; hand the value in and out.',
        },
        {
          selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
          message: 'src/shared keeps no state; hand the value in and out.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'src/shared is pure; take the random numbers as an argument.' },
        { object: 'Date', property: 'now', message: 'src/shared is pure; take the time as an argument.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: { 'layout/no-plausible-zero': 'error' },
  },
  { files: ['src/renderer/**/*.ts', 'src/renderer/**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  { files: ['src/main/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['src/main/server/**/*.ts', 'src/renderer/host/**/*.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: configuration, rules: { 'no-restricted-exports': 'off' } },
)
