const { platform, arch } = process;
const options = ['run', 'all', '--concurrency=2'];

/**
 * Every task a script of the root. A package for each task, as its documentation has it, is no faster where nothing runs, and
 * where something does, npm reads all packages at every start: three times slower with 100 of them, worse with more.
 */
const form = {
  keeps: ['.turbo', 'node_modules/.cache'],
  usesModules: true,
  env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1', TURBO_UI: 'false' },
  files: writeScripts,
};

/** As npm installs it. */
export const turbo = { ...form, name: 'turbo', argv: ['node_modules/.bin/turbo', ...options] };

/** Without the Node program that npm puts before it; where commands run, they cost what they cost above. */
export const turboNative = {
  ...form,
  name: 'turbo-native',
  cases: ['noop', 'restore'],
  argv: [`node_modules/@turbo/${platform}-${arch === 'x64' ? '64' : arch}/bin/turbo`, '--skip-infer', ...options],
};

/** It refuses tasks of the root where there is no workspace at all, so there is an empty one. */
function writeScripts({ tasks }) {
  const root = { name: 'bench', version: '1.0.0', workspaces: ['packages/*'] };
  const empty = { name: 'empty', version: '1.0.0' };
  const scripts = tasks.map(({ id, folder, command }) => [id, `cd ${folder} && { ${command}; }`]);
  const steps = tasks.map(({ id, folder, needs, output }) => [`//#${id}`, { dependsOn: needs.map((need) => `//#${need}`), inputs: [`${folder}/in/**`], outputs: [output] }]);
  const all = { dependsOn: steps.map(([id]) => id), inputs: [], outputs: [] };
  return {
    'package.json': { ...root, private: true, packageManager: 'npm@10.9.0', scripts: { all: 'true', ...Object.fromEntries(scripts) } },
    'packages/empty/package.json': { ...empty, private: true },
    'package-lock.json': { ...root, lockfileVersion: 3, requires: true, packages: { '': root, 'packages/empty': empty, 'node_modules/empty': { resolved: 'packages/empty', link: true } } },
    'turbo.json': { tasks: { '//#all': all, ...Object.fromEntries(steps) } },
  };
}
