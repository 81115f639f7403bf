const { platform, arch } = process;
const system = platform === 'darwin' ? `macos-${arch}` : `${platform}-${arch}-gnu`;

/** A project for each task; its native binary, which walks the files itself: with git it starts one process a task. */
export const moon = {
  name: 'moon',
  keeps: ['.moon/cache'],
  usesModules: true,
  env: { MOON_TOOLCHAIN_FORCE_GLOBALS: 'true' },
  files: ({ tasks }) => ({
    'package.json': { name: 'bench', private: true },
    '.moon/workspace.yml': "projects: ['tasks/*']\nvcs: { client: git, defaultBranch: main }\ntelemetry: false\nhasher: { walkStrategy: glob }\n",
    ...Object.fromEntries(tasks.map((task) => [`${task.folder}/moon.yml`, writeProject(task)])),
  }),
  argv: [`node_modules/@moonrepo/core-${system}/moon`, 'run', ':build', '--concurrency', '2'],
};

/** JSON is YAML too. */
function writeProject({ needs, command }) {
  const build = { script: command, toolchain: 'system', inputs: ['in/**/*'], outputs: ['out.txt'], deps: ['^:build'] };
  return { language: 'unknown', dependsOn: needs, tasks: { build } };
}
