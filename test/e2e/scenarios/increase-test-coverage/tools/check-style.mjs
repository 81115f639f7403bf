// check-style.mjs <rules> <folder…>: no line is longer than the rules allow.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [rules, ...folders] = process.argv.slice(2);
const { longest_line: most } = JSON.parse(readFileSync(rules, 'utf8'));
const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const problems = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((line, index) => (line.length > most ? [`${file}:${index + 1} has ${line.length} characters`] : [])));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
