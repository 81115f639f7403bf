// install.mjs <app>: puts the shared packages where imports find them, and writes down exactly which ones.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest, readJson, stopOn, writeJson, writeText } from './support.mjs';

const [app] = process.argv.slice(2);
const { modules, packages } = readJson(join(app, 'project.json'));
const wanted = modules.flatMap((module) => readJson(join(app, 'modules', `${module}.json`)).packages.map((name) => ({ module, name })));
stopOn(wanted.filter(({ name }) => !packages.includes(name)).map(({ module, name }) => `modules/${module}.json wants the package '${name}', which does not exist`));
const locked = packages.map((name) => {
  const text = readFileSync(join(app, 'shared', `${name}.mjs`), 'utf8');
  const folder = join(app, 'node_modules', '@shop', name);
  writeText(join(folder, 'index.mjs'), text);
  writeJson(join(folder, 'package.json'), { name: `@shop/${name}`, version: '1.0.0', exports: './index.mjs' });
  return [name, digest(text)];
});
writeJson(join(app, 'packages.lock.json'), Object.fromEntries(locked));
console.log(`installed ${locked.map(([name, hash]) => `@shop/${name} (${hash})`).join(', ')}`);
