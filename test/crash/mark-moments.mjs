// Loaded before Tollgate: keeps one byte in a file that says what the process is doing, by the files that it touches.
// It is what a killed process was doing when it died. `CRASH_MOMENT`: the file.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { closeSync, existsSync, openSync, renameSync, statSync, writeSync } = fs;
const { copyFile } = fs.promises;
const file = openSync(process.env.CRASH_MOMENT, 'w');
const active = { append: false, save: false, restore: false };
let phase = 'start';
let running = 0;
let journal;
let book;
let shown;

/** start · between steps · a step at work · append · save · restore · end */
function show() {
  const moment = active.append ? 'append' : active.save ? 'save' : active.restore ? 'restore' : phase === 'run' ? (running > 0 ? 'step' : 'between') : phase;
  if (moment === shown) return;
  shown = moment;
  writeSync(file, Buffer.from(moment.padEnd(8)), 0, 8, 0);
}

function set(name, value) {
  if (active[name] === value) return;
  active[name] = value;
  show();
}

const isLease = (path) => typeof path === 'string' && path.includes('/lease/');
const isUnfinished = (path) => typeof path === 'string' && path.includes('/store/tmp/');
let hasWritten = false;

fs.existsSync = (path) => {
  // Whose turn it is, is asked before a record is written, and after.
  if (isLease(path) && journal !== undefined && !active.append) set('append', true);
  return existsSync(path);
};
fs.statSync = (path, options) => {
  const found = statSync(path, options);
  if (isLease(path) && hasWritten) {
    hasWritten = false;
    set('append', false);
  }
  return found;
};
fs.openSync = (path, ...rest) => {
  if (isUnfinished(path)) set('save', true);
  const opened = openSync(path, ...rest);
  if (typeof path === 'string' && /\/journal\/\d+\.ndjson$/.test(path) && String(rest[0]).startsWith('a')) journal = opened;
  if (typeof path === 'string' && path.endsWith('-placing')) book = opened;
  return opened;
};
fs.promises.copyFile = async (from, to, ...rest) => {
  if (isUnfinished(to)) set('save', true);
  return await copyFile(from, to, ...rest);
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  if (isUnfinished(from) && !to.includes('/store/blobs/')) set('save', false);
};
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (descriptor === book) set('restore', true);
  if (descriptor !== journal) return writeSync(descriptor, bytes, ...rest);
  set('append', true);
  const written = writeSync(descriptor, bytes, ...rest);
  note(Buffer.from(bytes).toString('latin1'));
  hasWritten = true;
  return written;
};
fs.closeSync = (descriptor) => {
  if (descriptor === journal) journal = undefined;
  if (descriptor === book) book = undefined;
  closeSync(descriptor);
};
syncBuiltinESMExports();
show();

function note(text) {
  const count = (kind) => text.split(`{"kind":"${kind}"`).length - 1;
  if (count('run-started') + count('run-resumed') > 0) phase = 'run';
  if (count('run-ended') > 0) phase = 'end';
  running += count('attempt-started') - count('attempt-ended');
  if (count('attempt-ended') > 0) active.save = false;
  if (count('result-reused') > 0) active.restore = false;
}
