/** One step of `npm test`: a script of package.json. */
export interface Step {
  /** Name of the script, as `npm run` takes it. */
  readonly script: string
  /** A check passes or fails as a whole; tests are counted one by one. */
  readonly kind: 'check' | 'tests'
}

const check = (script: string): Step => ({ script, kind: 'check' })
const tests = (script: string): Step => ({ script, kind: 'tests' })

/**
 * Everything, in order. The steps of a stage share the machine two at a time; tests that compute get it to themselves.
 * The end-to-end tests go last; what they need beyond `npm ci`, a browser, is found or installed in a step before them.
 */
export const stages: readonly (readonly Step[])[] = [
  [check('types'), check('lint'), check('format:check'), check('unused')],
  [tests('unit')],
  // The tests after it run what was built.
  [check('build')],
  [tests('wiring')],
  [tests('golden')],
  [check('chromium')],
  [tests('e2e')],
]
