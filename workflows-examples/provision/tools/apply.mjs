// apply.mjs <app> <build> <config> <folder>: a release beside the earlier ones, then one switch to it. Writes `release` and `changed`.
import { appendFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest, readJson, writeJson, writeText } from './support.mjs';

const [app, build, config, folder] = process.argv.slice(2);
const release = digest(readFileSync(config, 'utf8') + readFileSync(join(app, 'packages.lock.json'), 'utf8'));
const target = join(folder, 'releases', release);
for (const name of Object.keys(readJson(config).modules)) cpSync(join(build, name), join(target, 'parts', name), { recursive: true });
cpSync(join(app, 'node_modules'), join(target, 'node_modules'), { recursive: true });
writeText(join(target, 'config.json'), readFileSync(config, 'utf8'));
const current = join(folder, 'current.json');
const before = existsSync(current) ? readJson(current).release : 'none';
writeJson(current, { release, before });
appendFileSync(process.env.TOLLGATE_OUTPUT, `release=${release}\nchanged=${before !== release}\n`);
console.log(before === release ? `release ${release} was current already` : `release ${release} is current, after ${before}`);
