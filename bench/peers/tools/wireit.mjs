/** A script for each task, through `npm run`, which is how its documentation starts it. */
export const wireit = {
  name: 'wireit',
  keeps: ['.wireit'],
  usesModules: true,
  env: { WIREIT_PARALLEL: '2', WIREIT_CACHE: 'local' },
  files: ({ tasks }) => ({
    'package.json': {
      name: 'bench',
      version: '1.0.0',
      private: true,
      scripts: Object.fromEntries(['all', ...tasks.map(({ id }) => id)].map((id) => [id, 'wireit'])),
      wireit: { all: { dependencies: tasks.map(({ id }) => id) }, ...Object.fromEntries(tasks.map((task) => [task.id, writeScript(task)])) },
    },
  }),
  argv: ['npm', 'run', '-s', 'all'],
};

function writeScript({ folder, needs, output, command }) {
  return { command: `cd ${folder} && { ${command}; }`, files: [`${folder}/in/**`], output: [output], dependencies: needs };
}
