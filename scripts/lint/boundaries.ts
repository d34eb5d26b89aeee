import { isBuiltin } from 'node:module'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Rule } from 'eslint'
import { homes, zones } from './zones.ts'
import type { Zone } from './zones.ts'

/** Why `importer` may not import `specifier`, as a sentence that names the right way; `null` when it may. Paths are relative to the root. */
function objection(importer: string, specifier: string): string | null {
  if (!importer.startsWith('src/')) return null
  return specifier.startsWith('.') ? zoneObjection(importer, specifier) : moduleObjection(importer, specifier)
}

function zoneObjection(importer: string, specifier: string): string | null {
  const imported = relative('.', resolve(dirname(importer), specifier))
    .split(sep)
    .join('/')
  const zone = zoneOf(importer)
  if (zone === undefined) return outside(importer)
  const allowed = [zone.place, ...zone.sees].some((place) => imported.startsWith(place))
  return allowed ? null : `${zone.place} may not import ${imported}: ${zone.instead}.`
}

function moduleObjection(importer: string, specifier: string): string | null {
  const name = specifier.replace(/^node:/, '')
  const home = homes.find(({ modules }) => modules.some((module) => name === module || name.startsWith(`${module}/`)))
  if (home !== undefined && !home.files.test(importer)) return `"${specifier}" is not imported here: ${home.instead}.`
  const zone = zoneOf(importer)
  if (zone === undefined) return outside(importer)
  const allowed = isBuiltin(specifier) ? zone.node : (zone.packages?.includes(name) ?? true)
  return allowed ? null : `${zone.place} may not import "${specifier}": ${zone.instead}.`
}

function outside(importer: string): string {
  return `${importer} lies in no zone: add its folder to scripts/lint/zones.ts.`
}

function zoneOf(path: string): Zone | undefined {
  return zones.find(({ place }) => path.startsWith(place))
}

/** ESLint rule: imports keep to the zones and homes of `zones.ts`, whatever way they are written. */
export const boundaries: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], docs: { description: 'keep imports within the zones of ARCHITECTURE.md' } },
  create(context) {
    const importer = relative(context.cwd, context.filename).split(sep).join('/')
    const check = (node: Rule.Node, source: unknown): void => {
      const specifier = literalText(source)
      const message = specifier === null ? null : objection(importer, specifier)
      if (message !== null) context.report({ node, message })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node: Rule.Node & { source?: unknown }) => check(node, node.source),
      'CallExpression[callee.name="require"]': (node: Rule.Node & { arguments: unknown[] }) => check(node, node.arguments[0]),
    }
  },
}

function literalText(node: unknown): string | null {
  const value = typeof node === 'object' && node !== null && 'value' in node ? node.value : null
  return typeof value === 'string' ? value : null
}
