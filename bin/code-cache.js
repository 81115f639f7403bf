'use strict';
// Loads the bundle with the compiled code of an earlier call, which halves the time of a start (docs/adr/0008).
// Whatever is wrong with the cache, the bundle is loaded without it.
const { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const vm = require('node:vm');

/** Shorter files compile faster than a cache is read. */
const worthwhile = 8_192;
/** Before the code: a mark, its length and a checksum, because the engine itself would trust damaged code. */
const headerSize = 16;
const mark = 0x31434754;

exports.loadBundle = function loadBundle(folder) {
  const unsaved = [];
  const loaded = new Map();
  let cacheFolder;
  const load = (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const file = join(folder, name);
    const source = readFileSync(file, 'utf8');
    const useCache = source.length > worthwhile && (cacheFolder ??= findCacheFolder(folder)) !== '';
    const cached = useCache ? readVerified(join(cacheFolder, `${name}.bin`)) : undefined;
    const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
      filename: file,
      cachedData: cached,
      importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (useCache && (cached === undefined || script.cachedDataRejected)) unsaved.push({ name, script });
    script.runInThisContext().call(module.exports, module.exports, (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id)), module, file, folder);
    return module.exports;
  };
  process.on('exit', () => save(unsaved, cacheFolder));
  load('main.js');
};

/** One folder for each build and engine, in the user's own cache; none where it could be somebody else's. */
function findCacheFolder(folder) {
  const { TOLLGATE_CODE_CACHE: wish, NODE_DISABLE_COMPILE_CACHE: refused, XDG_CACHE_HOME: caches, HOME: home } = process.env;
  if (wish === 'off' || refused !== undefined || (!caches && !home)) return '';
  try {
    const { build } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const cache = join(caches || join(home, '.cache'), 'tollgate', 'code', `${build}-${process.version}-${process.arch}`);
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(cache);
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? cache : '';
  } catch {
    return '';
  }
}

function readVerified(file) {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(headerSize);
    const intact = bytes.readUInt32LE(0) === mark && bytes.readUInt32LE(4) === code.length && bytes.readUInt32LE(8) === checksum(code);
    return intact ? code : undefined;
  } catch {
    return undefined;
  }
}

function save(unsaved, cache) {
  if (unsaved.length === 0) return;
  try {
    forgetOldBuilds(cache);
    for (const { name, script } of unsaved) {
      const code = script.createCachedData();
      const header = Buffer.alloc(headerSize);
      header.writeUInt32LE(mark, 0);
      header.writeUInt32LE(code.length, 4);
      header.writeUInt32LE(checksum(code), 8);
      const temporary = join(cache, `${name}.${process.pid}.tmp`);
      writeFileSync(temporary, Buffer.concat([header, code]), { mode: 0o600 });
      renameSync(temporary, join(cache, `${name}.bin`));
    }
  } catch {
    // a full or read-only disk: the next call starts as slowly as this one
  }
}

/** Code of builds that nobody has used for a month. */
function forgetOldBuilds(cache) {
  const all = dirname(cache);
  const monthAgo = Date.now() - 30 * 86_400_000;
  for (const name of readdirSync(all)) {
    const path = join(all, name);
    if (path !== cache && statSync(path).mtimeMs < monthAgo) rmSync(path, { recursive: true, force: true });
  }
}

/** FNV-1a over words: fast enough for half a megabyte before every start. */
function checksum(bytes) {
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  let sum = 0x811c9dc5 ^ bytes.length;
  for (let index = 0; index < words.length; index++) sum = Math.imul(sum ^ words[index], 0x01000193);
  for (let index = bytes.length & ~3; index < bytes.length; index++) sum = Math.imul(sum ^ bytes[index], 0x01000193);
  return sum >>> 0;
}
