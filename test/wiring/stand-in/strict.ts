/** Names that the language itself asks of any object: for `await`, printing, comparison and modules. */
const askedByTheLanguage = new Set<string | symbol>([
  'then',
  'toJSON',
  'constructor',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
])

/**
 * An object of Electron of which only some members are stood in for: any other throws by its name, so that a test never passes because
 * something was silently missing. Also the object's type says which members those are.
 */
export function strict<Members extends object>(name: string, members: Members): Members {
  return new Proxy(members, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || askedByTheLanguage.has(key)) {
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' && !isClass(value) ? (value.bind(target) as unknown) : value
      }
      throw new Error(`the stand-in of Electron has no ${name}.${key}`)
    },
    set(_target, key) {
      throw new Error(`the stand-in of Electron does not let ${name}.${String(key)} be set`)
    },
  })
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith('class ')
}
