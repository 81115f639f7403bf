import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { readJson } from './support.mjs';

/** What is wrong with the types that a file's comments give, held against its contract. */
export async function checkTypes(base, types) {
  const file = `${base}.mjs`;
  try {
    await promisify(execFile)(process.execPath, ['--check', file]);
  } catch (error) {
    return [`${file}: ${error.stderr.split('\n').find((line) => line.includes('Error')) ?? 'it cannot be parsed'}`];
  }
  const { exports } = readJson(`${base}.json`);
  const text = readFileSync(file, 'utf8');
  const written = new Map([...text.matchAll(/\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*export function (\w+)\(([^)]*)\)/g)].map(([, comment, name, list]) => [name, { comment, list: list.split(',').map((each) => each.trim()).filter(Boolean) }]));
  const exported = [...text.matchAll(/export function (\w+)/g)].map(([, name]) => name);
  const known = new Set(['string', 'number', 'boolean', 'object', ...Object.keys(types)]);
  return [
    ...exported.filter((name) => !Object.hasOwn(exports, name)).map((name) => `${file}: '${name}' is exported and stands in no contract`),
    ...Object.entries(exports).flatMap(([name, { parameters, returns }]) => {
      const found = written.get(name);
      if (found === undefined) return [`${file}: '${name}' of the contract is not exported, or has no types`];
      const given = Object.fromEntries([...found.comment.matchAll(/@param \{(\w+)\} (\w+)/g)].map(([, type, parameter]) => [parameter, type]));
      const gives = /@returns \{(\w+)\}/.exec(found.comment)?.[1];
      return [
        ...(isDeepStrictEqual(found.list, Object.keys(parameters)) ? [] : [`${file}: ${name}(${found.list.join(', ')}) takes other parameters than its contract: (${Object.keys(parameters).join(', ')})`]),
        ...Object.entries(parameters).filter(([parameter, type]) => given[parameter] !== type).map(([parameter, type]) => `${file}: type error: ${name}(${parameter}) is ${given[parameter] ?? 'untyped'}, and ${type} in its contract`),
        ...(gives === returns ? [] : [`${file}: type error: ${name}() returns ${gives ?? 'nothing'}, and ${returns} in its contract`]),
        ...[...Object.values(parameters), returns].filter((type) => !known.has(type)).map((type) => `${file}: nobody knows the type '${type}'`),
      ];
    }),
  ];
}

/** What is wrong with what a file's functions really do, held against the examples of its contract. */
export async function checkExamples(base, types) {
  const { exports, examples } = readJson(`${base}.json`);
  const module = await import(pathToFileURL(`${base}.mjs`));
  return examples.flatMap(({ call, with: given, gives }) => {
    const result = module[call](...given);
    const shown = `${base}.mjs: ${call}(${given.map((each) => JSON.stringify(each)).join(', ')})`;
    if (!isOfType(result, exports[call].returns, types)) return [`${shown} gives ${JSON.stringify(result)}, which is no ${exports[call].returns}`];
    return isDeepStrictEqual(result, gives) ? [] : [`${shown} gives ${JSON.stringify(result)} instead of ${JSON.stringify(gives)}`];
  });
}

/**
 * What is wrong with what a file's functions do with values that nobody has thought of. Whatever they are given, they answer with
 * their type, twice the same, with something that JSON can carry, and leave what they were given as it was.
 */
export async function checkMadeUp(base, types, count) {
  const { exports } = readJson(`${base}.json`);
  const module = await import(pathToFileURL(`${base}.mjs`));
  return Object.entries(exports).flatMap(([name, { parameters, returns }]) => {
    const chance = createChance(`${base}.${name}`);
    for (let made = 0; made < count; made++) {
      const given = Object.values(parameters).map((type) => makeUp(type, types, chance));
      const before = JSON.stringify(given);
      const shown = () => `${base}.mjs: ${name}(${before.slice(1, -1)})`;
      try {
        const answer = module[name](...given);
        const written = JSON.stringify(answer);
        if (!isOfType(answer, returns, types)) return [`${shown()} gives ${written}, which is no ${returns}`];
        if (JSON.stringify(module[name](...given)) !== written) return [`${shown()} gives another answer each time`];
        if (!isDeepStrictEqual(JSON.parse(written), answer)) return [`${shown()} gives what JSON cannot carry: ${written}`];
        if (JSON.stringify(given) !== before) return [`${shown()} changes what it is given`];
      } catch (error) {
        return [`${shown()} fails: ${error.message}`];
      }
    }
    return [];
  });
}

const words = ['', 'a', 'cheese', '0', '-1', '12.5', '1e9', 'NaN', 'null', 'toString', '__proto__', '350,1290', 'bread:2,x', 'spring', 'town', 'é', '💶', '%', 'a b&c=d', '<b>'];
const names = ['name', 'text', 'cents', 'prices', 'order', 'code', 'to', 'stars', 'items', 'k1', 'constructor'];

function makeUp(type, types, chance) {
  const pick = (list) => list[Math.floor(chance() * list.length)];
  switch (type) {
    case 'string': return chance() < 0.1 ? pick(words).repeat(200) : pick(words);
    case 'number': return Math.round((chance() - 0.5) * 10 ** Math.floor(chance() * 12)) + 0;
    case 'boolean': return chance() < 0.5;
    case 'object': return Object.fromEntries(names.filter(() => chance() < 0.4).map((name) => [name, makeUp('string', types, chance)]));
    default: return Object.fromEntries(Object.entries(types[type]).map(([key, each]) => [key, makeUp(each, types, chance)]));
  }
}

/** The same numbers for the same name, so that what was found once is found again. */
function createChance(name) {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const once = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
}

function isOfType(value, type, types) {
  if (!Object.hasOwn(types, type)) return value !== null && typeof value === type;
  return value !== null && typeof value === 'object' && Object.entries(types[type]).every(([key, each]) => isOfType(value[key], each, types));
}
