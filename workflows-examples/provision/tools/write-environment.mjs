// write-environment.mjs <release folder> <env file>: the settings as NAME=value lines, for shells and containers.
import { join } from 'node:path';
import { readJson, writeText } from './support.mjs';

const [folder, target] = process.argv.slice(2);
const flatten = (value, name) => (typeof value === 'object' ? Object.entries(value).flatMap(([key, each]) => flatten(each, [...name, key])) : [`${name.join('_').toUpperCase()}='${String(value).replaceAll("'", "'\\''")}'`]);
const lines = flatten(readJson(join(folder, 'config.json')), ['shop']);
writeText(target, `${lines.join('\n')}\n`);
console.log(`wrote ${lines.length} variables to ${target}`);
