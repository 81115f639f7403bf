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

function isOfType(value, type, types) {
  if (!Object.hasOwn(types, type)) return value !== null && typeof value === type;
  return value !== null && typeof value === 'object' && Object.entries(types[type]).every(([key, each]) => isOfType(value[key], each, types));
}
