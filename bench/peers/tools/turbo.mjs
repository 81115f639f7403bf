const { platform, arch } = process;
const shim = 'node_modules/.bin/turbo';
const native = `node_modules/@turbo/${platform}-${arch === 'x64' ? '64' : arch}/bin/turbo`;
const parallel = '--concurrency=2';
const npm = { name: 'bench', version: '1.0.0', private: true, packageManager: 'npm@10.9.0' };
const form = {
  keeps: ['.turbo', 'node_modules/.cache'],
  usesModules: true,
  env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1', TURBO_UI: 'false' },
};

/** As npm installs it and as its documentation shows it: an npm workspace for each task. */
export const turbo = { ...form, name: 'turbo', files: writePackages, argv: [shim, 'run', 'build', parallel] };

/** The same without the Node program that npm puts before it; where commands run, they cost what they cost above. */
export const turboNative = { ...form, name: 'turbo-native', cases: ['noop', 'restore'], files: writePackages, argv: [native, '--skip-infer', 'run', 'build', parallel] };

/** Every task a script of the root: `npm run` reads no other package, which is kinder to a cold run. */
export const turboRoot = { ...form, name: 'turbo-root', cases: ['cold'], files: writeRootScripts, argv: [shim, 'run', 'all', parallel] };

function writePackages({ tasks }) {
  const depend = ({ needs }) => (needs.length === 0 ? {} : { dependencies: Object.fromEntries(needs.map((id) => [id, '*'])) });
  const packages = tasks.flatMap((task) => [
    [task.folder, { name: task.id, version: '1.0.0', ...depend(task) }],
    [`node_modules/${task.id}`, { resolved: task.folder, link: true }],
  ]);
  return {
    'package.json': { ...npm, workspaces: ['tasks/*'] },
    'package-lock.json': writeLock({ '': { ...npm, workspaces: ['tasks/*'] }, ...Object.fromEntries(packages) }),
    'turbo.json': { tasks: { build: { dependsOn: ['^build'], inputs: ['in/**'], outputs: ['out.txt'] } } },
    ...Object.fromEntries(tasks.map((task) => [`${task.folder}/package.json`, { name: task.id, version: '1.0.0', private: true, scripts: { build: task.command }, ...depend(task) }])),
  };
}

/** It refuses tasks of the root where there is no workspace at all, so there is an empty one. */
function writeRootScripts({ tasks }) {
  const empty = { name: 'empty', version: '1.0.0' };
  const scripts = tasks.map(({ id, folder, command }) => [id, `cd ${folder} && { ${command}; }`]);
  const steps = tasks.map(({ id, folder, needs, output }) => [`//#${id}`, { dependsOn: needs.map((need) => `//#${need}`), inputs: [`${folder}/in/**`], outputs: [output] }]);
  const all = { dependsOn: steps.map(([id]) => id), inputs: [], outputs: [] };
  return {
    'package.json': { ...npm, workspaces: ['packages/*'], scripts: { all: 'true', ...Object.fromEntries(scripts) } },
    'packages/empty/package.json': { ...empty, private: true },
    'package-lock.json': writeLock({ '': { ...npm, workspaces: ['packages/*'] }, 'packages/empty': empty, 'node_modules/empty': { resolved: 'packages/empty', link: true } }),
    'turbo.json': { tasks: { '//#all': all, ...Object.fromEntries(steps) } },
  };
}

function writeLock(packages) {
  return { name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
}
