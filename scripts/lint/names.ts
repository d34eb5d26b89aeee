import { basename } from 'node:path'
import type { Rule } from 'eslint'

const vague = /^(utils?|helpers?|managers?|common|misc|index)(\.|$)/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/

/** ESLint rule: a file is named after the one noun or verb it holds, in kebab case. An `index.ts` is an entry point (main, preload, cli). */
export const names: Rule.RuleModule = {
  meta: { type: 'suggestion', schema: [], docs: { description: 'name files after what they hold' } },
  create(context) {
    const name = basename(context.filename)
    const entryPoint = /src\/(main|preload|main\/cli)\/index\.ts$/.test(context.filename.replaceAll('\\', '/'))
    return {
      Program(node) {
        if (vague.test(name) && !entryPoint)
          context.report({ node, message: `"${name}" says nothing: name the file after what it holds.` })
        if (!kebab.test(name)) context.report({ node, message: `"${name}" is not in kebab case.` })
      },
    }
  },
}
