// verify-structure.mjs <app>: everything that project.json names is there, and nothing that it does not name.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, stopOn } from './support.mjs';

const [app] = process.argv.slice(2);
const { modules, packages } = readJson(join(app, 'project.json'));
const both = (folder, names) => names.flatMap((name) => [`${folder}/${name}.mjs`, `${folder}/${name}.json`]);
const expected = [...both('modules', modules), ...both('shared', packages), ...both('authorizer', ['authorizer']), 'config/base.json', 'config/schema.json'];
const present = ['modules', 'shared', 'authorizer'].flatMap((folder) => readdirSync(join(app, folder)).map((file) => `${folder}/${file}`));
stopOn([
  ...expected.filter((file) => !existsSync(join(app, file))).map((file) => `missing: ${file}`),
  ...present.filter((file) => !expected.includes(file)).map((file) => `unexpected: ${file} is not named in project.json`),
]);
console.log(`${expected.length} files are where they belong`);
