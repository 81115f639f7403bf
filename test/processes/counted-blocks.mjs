/** Blocks that differ from each other, so that none can be missing, doubled or in another's place. */
export const blockSize = 65_536;

export function* countedBlocks(bytes) {
  const block = Buffer.alloc(blockSize, '0123456789abcdef\n');
  for (let from = 0, index = 0; from < bytes; from += blockSize, index++) {
    block.writeBigUInt64BE(BigInt(index));
    yield bytes - from < blockSize ? block.subarray(0, bytes - from) : block;
  }
}
