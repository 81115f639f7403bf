// check-types.mjs <app> <base>: a module, a package or the authorizer against its contract, without running it.
import { join } from 'node:path';
import { checkTypes } from './contract.mjs';
import { readJson, stopOn } from './support.mjs';

const [app, base] = process.argv.slice(2);
const { types } = readJson(join(app, 'project.json'));
stopOn(await checkTypes(join(app, base), types));
console.log(`0 problems in ${base}.mjs`);
