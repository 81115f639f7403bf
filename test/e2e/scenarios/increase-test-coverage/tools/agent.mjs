// agent.mjs <prompt> <file> <tests>: does what an agent would: reads what it is told and writes tests.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [prompt, file, target] = process.argv.slice(2);
const isThorough = readFileSync(prompt, 'utf8').includes('every branch');
if (!existsSync(file)) throw new Error(`there is no ${file}`);
const cases = [`assert.equal(discount(10), 10)`, ...(isThorough ? [`assert.equal(discount(10, { coupon: 'half' }), 5)`, `assert.equal(discount(10, { member: true }), 9)`] : [])];
writeFileSync(target, `import assert from 'node:assert';
import { test } from 'node:test';
import { discount } from '../${file}';

${cases.map((each, index) => `test('case ${index + 1}', () => ${each});\n`).join('')}`);
console.log(`wrote ${cases.length} tests to ${target}`);
