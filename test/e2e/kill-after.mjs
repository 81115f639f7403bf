// Loaded before Tollgate: kills its process as soon as it has printed a certain text, and before it does anything more.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeSync } = fs;
const text = process.env.KILL_AFTER;
if (!text) throw new Error('KILL_AFTER has to say after which text');
fs.writeSync = (descriptor, bytes, ...rest) => {
  const written = writeSync(descriptor, bytes, ...rest);
  if (descriptor === 1 && Buffer.from(bytes).includes(text)) process.kill(process.pid, 'SIGKILL');
  return written;
};
syncBuiltinESMExports();
