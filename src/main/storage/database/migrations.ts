import type { Database } from 'better-sqlite3'

/** A step from one version of a schema to the next. */
export type Migration = (database: Database) => void

/** Version of a database: how many migrations it has seen. */
export function schemaVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a database up to the last migration. Each is one transaction together with its version number: it has happened, or it has not.
 * @param migrations in order; the first makes version 1. One that was released is never changed
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  for (let version = schemaVersion(database); version < migrations.length; version++) {
    const migration = migrations[version]
    database.transaction(() => {
      migration?.(database)
      database.pragma(`user_version = ${version + 1}`)
    })()
  }
}
