import type { Database } from 'better-sqlite3'
import type { Schema } from '../database/open-database.ts'
import { searchText } from './search-text.ts'

/** 1: pictures, history and settings. */
function first(database: Database): void {
  database.exec(`
    CREATE TABLE pictures (
      sha256 TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      notes TEXT NOT NULL,            -- JSON list of sentences
      added_at INTEGER NOT NULL       -- milliseconds since 1970
    ) STRICT;

    CREATE TABLE entries (
      number INTEGER PRIMARY KEY,     -- in the order they were made
      id TEXT NOT NULL UNIQUE,
      cache_key TEXT NOT NULL UNIQUE, -- where the cache has the numbers, as long as it has them
      created_at INTEGER NOT NULL,
      pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
      note TEXT NOT NULL DEFAULT '',
      picture TEXT REFERENCES pictures (sha256),
      picture_name TEXT,
      model TEXT NOT NULL,
      model_sha256 TEXT NOT NULL,
      prompt TEXT NOT NULL,
      completion TEXT NOT NULL,
      question TEXT NOT NULL,         -- JSON: what else is needed to ask again
      deleted_at INTEGER              -- set while the deletion can be taken back
    ) STRICT;
    CREATE INDEX entries_shown ON entries (pinned DESC, created_at DESC, number DESC) WHERE deleted_at IS NULL;
    CREATE INDEX entries_of_picture ON entries (picture);

    CREATE TABLE remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `)
}

/** 2: text to search in, folded once and not at every search. */
function second(database: Database): void {
  database.exec(`ALTER TABLE entries ADD COLUMN search TEXT NOT NULL DEFAULT ''`)
  const rows = database.prepare('SELECT number, prompt, completion, note, picture_name, model FROM entries').all() as Record<
    string,
    string | null
  >[]
  const update = database.prepare('UPDATE entries SET search = ? WHERE number = ?')
  for (const { number, prompt, completion, note, picture_name: name, model } of rows) {
    update.run(searchText(prompt ?? null, completion ?? null, note ?? null, name ?? null, model ?? null), number)
  }
}

/** The person's own things: what they asked, kept, noted and set. */
export const librarySchema: Schema = { synchronous: 'FULL', migrations: [first, second] }
