// migrate.mjs <app> <database>: applies the migrations that the database has not seen. Exits 75 while another one is at work.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, stopOn, writeJson } from './support.mjs';

const [app, database] = process.argv.slice(2);
mkdirSync(dirname(database), { recursive: true });
try {
  writeFileSync(`${database}.lock`, String(process.pid), { flag: 'wx' });
} catch {
  stopOn([`the database is locked: ${database}.lock`], 75);
}
try {
  const state = existsSync(database) ? readJson(database) : { version: 0, tables: {} };
  const pending = readdirSync(join(app, 'migrations')).sort().filter((file) => Number.parseInt(file, 10) > state.version);
  for (const file of pending) {
    const { add = {}, append = {} } = readJson(join(app, 'migrations', file));
    Object.assign(state.tables, add);
    for (const [table, row] of Object.entries(append)) {
      if (!Array.isArray(state.tables[table])) throw new Error(`${file}: there is no table '${table}'`);
      state.tables[table].push(row);
    }
    state.version = Number.parseInt(file, 10);
    console.log(`applied ${file}`);
  }
  writeJson(database, state);
  console.log(`schema version ${state.version}`);
} finally {
  rmSync(`${database}.lock`);
}
