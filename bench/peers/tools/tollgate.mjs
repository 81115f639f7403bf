/** One workflow of one phase, a step for each task. `bin` is the entry that is measured. */
export const makeTollgate = (bin) => makeForm(bin, { name: 'tollgate', cached: true, keeps: ['.tollgate'] });

/** The same without `cache`, its checked workflow known: what a run costs that keeps nothing. */
export const makeUncachedTollgate = (bin) => makeForm(bin, { name: 'tollgate-uncached', cached: false, cases: ['cold'], keeps: [] });

function makeForm(bin, { cached, ...form }) {
  const writeStep = ({ id, folder, needs, output, command }) => [
    `      - id: ${id}`,
    `        command: ${JSON.stringify(`cd ${folder} && { ${command}; }`)}`,
    `        needs: [${needs.join(', ')}]`,
    `        inputs: ["${folder}/in/**"]`,
    `        outputs: { out: ${output} }`,
    ...(cached ? ['        cache: true'] : []),
  ];
  return {
    ...form,
    files: ({ tasks }) => ({ 'workflow.yml': ['name: bench', 'defaults: { shell: sh }', 'phases:', '  - id: all', '    steps:', ...tasks.flatMap(writeStep), ''].join('\n') }),
    node: [bin, 'run', 'workflow.yml', '--max-parallel', '2', '--quiet'],
  };
}
