/** A project for each task; without its daemon and without worker processes for its plugins, its fastest form that leaves nothing running. */
export const nx = {
  name: 'nx',
  keeps: ['.nx'],
  usesModules: true,
  env: { NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NX_ANALYTICS: 'false', NX_INTERACTIVE: 'false' },
  files: ({ tasks }) => ({
    'package.json': { name: 'bench', version: '1.0.0', private: true },
    'package-lock.json': { name: 'bench', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'bench', version: '1.0.0' } } },
    'nx.json': {
      analytics: false,
      neverConnectToCloud: true,
      targetDefaults: { build: { cache: true, dependsOn: ['^build'], inputs: ['{projectRoot}/in/**/*', '^{projectRoot}/in/**/*'], outputs: ['{projectRoot}/out.txt'] } },
    },
    ...Object.fromEntries(tasks.map((task) => [`${task.folder}/project.json`, writeProject(task)])),
  }),
  argv: ['node_modules/.bin/nx', 'run-many', '-t', 'build', '--parallel=2'],
};

function writeProject({ id, folder, needs, command }) {
  return { name: id, projectType: 'library', implicitDependencies: needs, targets: { build: { executor: 'nx:run-commands', options: { command, cwd: folder } } } };
}
