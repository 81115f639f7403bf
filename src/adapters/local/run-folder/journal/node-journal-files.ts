import { closeSync, existsSync, fdatasync, fdatasyncSync, fsync, fsyncSync, ftruncateSync, open, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { placeFile } from '../../place-file.js';
import { readErrorCode } from '../../processes/error-code.js';
import type { JournalFile, JournalFiles } from './journal-files.js';

const [openLater, fsyncLater, fdatasyncLater] = [promisify(open), promisify(fsync), promisify(fdatasync)];

/** The file system of this machine. */
export const nodeJournalFiles: JournalFiles = {
  place: placeFile,
  isGone: (path) => !existsSync(path),
  open: (path) => openFile(openSync(path, 'a', 0o600)),
  sync: (path) => {
    try {
      const descriptor = openSync(path, 'r');
      try {
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      passOver(error);
    }
  },
  syncLater: async (path) => {
    try {
      const descriptor = await openLater(path, 'r');
      try {
        await fsyncLater(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      passOver(error);
    }
  },
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** A folder that may be written and not read, and file systems that do not sync folders: no more can be had there. */
function passOver(error: unknown): void {
  if (!['EACCES', 'EINVAL', 'ENOTSUP'].includes(readErrorCode(error) ?? '')) throw error;
}

function openFile(descriptor: number): JournalFile {
  return {
    write: (bytes) => writeSync(descriptor, bytes),
    cut: (length) => ftruncateSync(descriptor, length),
    sync: () => fdatasyncSync(descriptor),
    syncLater: () => fdatasyncLater(descriptor),
    close: () => closeSync(descriptor),
  };
}
