import { blob } from './blob.mjs';
import { fileIndex } from './file-index.mjs';
import { journal } from './journal.mjs';
import { manifest } from './manifest.mjs';
import { placedIndex } from './placed-index.mjs';
import { planCache } from './plan-cache.mjs';

/**
 * What is damaged. A target has a name, classes of damage, and `run(bench)`, which makes a world in `bench.folder`, damages it by
 * `bench.damage`, `bench.random` and `bench.turn` (how often this class came before), and tells `bench.check(what, holds, detail)` what it finds; it answers `{ did, ending }`.
 */
export const targets = [blob, manifest, placedIndex, planCache, journal, fileIndex];
