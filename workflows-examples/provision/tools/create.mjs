// create.mjs <project> <app>: a fresh copy of the project's sources to work on.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [project, app] = process.argv.slice(2);
rmSync(app, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
for (const part of ['project.json', 'modules', 'shared', 'authorizer', 'migrations', 'config']) cpSync(join(project, part), join(app, part), { recursive: true });
const files = readdirSync(app, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
console.log(`created ${app} with ${files.length} files`);
