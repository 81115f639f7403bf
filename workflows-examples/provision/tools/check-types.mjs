// check-types.mjs <app>: every module, package and the authorizer against its contract, without running them.
import { join } from 'node:path';
import { checkTypes } from './contract.mjs';
import { readJson, stopOn } from './support.mjs';

const [app] = process.argv.slice(2);
const { modules, packages, types } = readJson(join(app, 'project.json'));
const bases = [...packages.map((name) => `shared/${name}`), ...modules.map((name) => `modules/${name}`), 'authorizer/authorizer'];
const problems = (await Promise.all(bases.map((base) => checkTypes(join(app, base), types)))).flat();
stopOn(problems.length === 0 ? [] : [...problems, `${problems.length} problems in ${bases.length} files`]);
console.log(`0 problems in ${bases.length} files`);
