// validate-config.mjs <app> <config>: every setting that the schema asks for, of its type, and every module of the project.
import { join } from 'node:path';
import { readJson, stopOn } from './support.mjs';

const [app, file] = process.argv.slice(2);
const config = readJson(file);
const { modules } = readJson(join(app, 'project.json'));
const valueAt = (path) => path.split('.').reduce((value, key) => value?.[key], config);
const settings = Object.entries(readJson(join(app, 'config/schema.json')));
stopOn([
  ...settings.filter(([path, type]) => typeof valueAt(path) !== type).map(([path, type]) => `${path}: expected a ${type}, found ${JSON.stringify(valueAt(path)) ?? 'nothing'}`),
  ...[...modules, 'authorizer'].filter((name) => !Object.hasOwn(config.modules ?? {}, name)).map((name) => `modules.${name}: it was never built`),
]);
console.log(`${settings.length} settings and ${modules.length} modules are as they should be`);
