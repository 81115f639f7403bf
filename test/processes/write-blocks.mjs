// `node write-blocks.mjs <bytes>`: as fast as the other side reads.
import { writeSync } from 'node:fs';
import { countedBlocks } from './counted-blocks.mjs';

for (const block of countedBlocks(Number(process.argv[2]))) {
  for (let at = 0; at < block.length;) at += write(block, at);
}

function write(block, at) {
  try {
    return writeSync(1, block, at);
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}
