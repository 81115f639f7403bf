import { closeSync, fdatasync, fdatasyncSync, fsync, fsyncSync, ftruncateSync, open, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { placeFile } from '../../place-file.js';
import type { JournalFile, JournalFiles } from './journal-files.js';

const [openLater, fsyncLater, fdatasyncLater] = [promisify(open), promisify(fsync), promisify(fdatasync)];

/** The file system of this machine. */
export const nodeJournalFiles: JournalFiles = {
  place: placeFile,
  open: (path) => openFile(openSync(path, 'a', 0o600)),
  syncFolder: (path) => {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
  syncFolderLater: async (path) => {
    const folder = await openLater(path, 'r');
    try {
      await fsyncLater(folder);
    } finally {
      closeSync(folder);
    }
  },
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

function openFile(descriptor: number): JournalFile {
  return {
    write: (bytes) => writeSync(descriptor, bytes),
    cut: (length) => ftruncateSync(descriptor, length),
    sync: () => fdatasyncSync(descriptor),
    syncLater: () => fdatasyncLater(descriptor),
    close: () => closeSync(descriptor),
  };
}
