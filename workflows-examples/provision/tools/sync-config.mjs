// sync-config.mjs <app> <build> <environment> <schema version> <config>: one configuration out of the base, the environment and what was built.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, stopOn, writeJson } from './support.mjs';

const [app, build, environment, version, target] = process.argv.slice(2);
const own = join(app, 'config', `${environment}.json`);
stopOn(existsSync(own) ? [] : [`missing: config/${environment}.json`]);
const { modules } = readJson(join(app, 'project.json'));
const manifests = ['authorizer', ...modules].map((name) => readJson(join(build, name, 'manifest.json')));
const base = readJson(join(app, 'config/base.json'));
const special = readJson(own);
writeJson(target, {
  environment,
  ...base,
  ...special,
  limits: { ...base.limits, ...special.limits },
  schema_version: Number(version),
  modules: Object.fromEntries(manifests.map(({ name, digest }) => [name, digest])),
});
console.log(`wrote ${target} for ${manifests.length} parts`);
