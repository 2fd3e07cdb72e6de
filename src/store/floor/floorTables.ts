/**
 * What a live floor keeps beside attempts, spans and history: its windows, the journal, the contacts and what belongs to
 * them. Instants are Unix milliseconds, apart from those of the journal, which are of the window's own clock. The rows of a
 * window in the other tables have its name (`runOf`) as their `run`.
 *
 * A window is the life of one core: from its settings and `opening` it begins, by its journal it became what it is. What a
 * contact had behind it when the window was opened is in `past`, `parameters` and `segment`; what rules have set since is in
 * `changed` and becomes a part of these when the window is closed.
 */
export const floorTables: ReadonlyArray<string> = [
  `CREATE TABLE floor_windows (
  id INTEGER PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  opening TEXT NOT NULL CHECK (json_valid(opening)),
  closed_at INTEGER
) STRICT`,
  `CREATE UNIQUE INDEX floor_windows_one_open ON floor_windows ((closed_at IS NULL)) WHERE closed_at IS NULL`,
  `CREATE TABLE journal (
  window_id INTEGER NOT NULL REFERENCES floor_windows (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (window_id, seq)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE campaigns (
  name TEXT PRIMARY KEY,
  began_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE contacts (
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  numbers TEXT NOT NULL CHECK (json_valid(numbers)),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  changed TEXT CHECK (changed IS NULL OR json_valid(changed)),
  segment TEXT NOT NULL,
  loaded_at INTEGER NOT NULL,
  requested INTEGER NOT NULL,
  forbidden INTEGER NOT NULL,
  past TEXT CHECK (past IS NULL OR json_valid(past)),
  PRIMARY KEY (campaign, contact)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE do_not_call (
  number TEXT NOT NULL,
  source TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (number, source)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE recordings (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL,
  campaign TEXT NOT NULL,
  contact INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  path TEXT NOT NULL UNIQUE,
  started_at INTEGER NOT NULL,
  seconds REAL NOT NULL,
  keep_until INTEGER NOT NULL
) STRICT`,
  `CREATE INDEX recordings_by_contact ON recordings (campaign, contact, started_at)`,
  `CREATE INDEX recordings_by_keeping ON recordings (keep_until)`,
  `CREATE TABLE phones (
  user TEXT PRIMARY KEY,
  contact TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT`,
  // Only of live floors: what the law remembers is read from here when a window is opened.
  `CREATE INDEX attempts_of_floor ON attempts (campaign, placed_at) WHERE run GLOB 'window-*'`
]

/** Several phones an agent, each with the address its registration came from. Nothing was kept in the table before. */
export const phoneSources: ReadonlyArray<string> = [
  `DROP TABLE phones`,
  `CREATE TABLE phones (
  id INTEGER PRIMARY KEY,
  user TEXT NOT NULL,
  contact TEXT NOT NULL,
  source TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  UNIQUE (user, contact)
) STRICT`
]
