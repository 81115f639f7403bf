// What GitHub reads of this repository, and what its examples show: `npm run lint:github`. actionlint and zizmor as they are pinned
// under test/, with no configuration and nothing left out. `.ci/run` installs both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listGithubFiles } from './list-github-files.mjs';
import { root } from './stage-sources.mjs';

const { workflows, actions } = listGithubFiles();
const copies = mkdtempSync(join(tmpdir(), 'tollgate-lint-'));

try {
  // What else is installed on a machine shall not change the answer.
  lint('test/actionlint/bin/actionlint', { files: workflows, args: ['-no-color', '-config-file', '/dev/null', '-shellcheck=', '-pyflakes='], folder: root });
  for (const file of [...workflows, ...actions]) copyForZizmor(file);
  lint('test/zizmor/venv/bin/zizmor', { files: [...workflows, ...actions], args: ['--offline', '--no-config', '--no-ignores', '--quiet'], folder: copies });
} finally {
  rmSync(copies, { recursive: true, force: true });
}

function lint(path, { files, args, folder }) {
  if (!existsSync(join(root, path))) throw new Error(`there is no ${path}: .ci/run says how it is installed`);
  const { status, error } = spawnSync(join(root, path), [...args, ...files], { cwd: folder, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exitCode = 1;
  else console.log(`${path.split('/')[1]} finds nothing in ${files.length} files`);
}

/**
 * Two spellings of one thing: zizmor wants an action of the repository itself as `$/`, which actionlint 1.7.12 and act 0.2.89 take for
 * a mistake, and `./` is what both and every runner know. zizmor alone reads it as it wants to.
 */
function copyForZizmor(file) {
  mkdirSync(dirname(join(copies, file)), { recursive: true });
  writeFileSync(join(copies, file), readFileSync(join(root, file), 'utf8').replaceAll(/^(\s*(?:- )?uses: )\.\//gmu, '$1$$/'));
}
