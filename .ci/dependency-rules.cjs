// The architecture, as rules. Read top to bottom it is the table of ARCHITECTURE.md.
const layer = (name, comment, from, mayUse) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { pathNot: mayUse },
});

const library = (name) => `^node_modules/${name}/`;
const builtIn = (name) => `^(node:)?${name}$`;

module.exports = {
  forbidden: [
    layer('core-is-pure', 'core knows what is true; it reaches nothing of the world', '^src/core/',
      ['^src/core/', library('yaml'), library('@actions/expressions'), library('fast-xml-parser'), library('re2js'), builtIn('crypto')]),
    {
      name: 'yaml-in-definition',
      comment: 'the YAML parser has weak spots that core/definition guards; nobody else may call it',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/core/definition/', '\\.test\\.ts$'] },
      to: { path: library('yaml') },
    },
    {
      name: 'expressions-in-expression',
      comment: 'the expression library is an implementation detail of core/expression',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/core/expression/', '\\.test\\.ts$'] },
      to: { path: [library('@actions/expressions'), library('re2js')] },
    },
    {
      name: 'xml-in-formats',
      comment: 'reports are read in core/formats alone',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/core/formats/', '\\.test\\.ts$'] },
      to: { path: library('fast-xml-parser') },
    },
    {
      name: 'core-depends-downwards',
      comment: 'diagnostic ← expression, script, formats ← definition ← plan ← lint, report: never the other way',
      severity: 'error',
      from: { path: '^src/core/(diagnostic|expression|script|formats|definition|plan)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/core/(lint|report)/', pathNot: '-(codes|pages)\\.ts$' },
    },
    {
      name: 'expression-knows-no-workflow',
      comment: 'expressions, scripts and formats are languages of their own',
      severity: 'error',
      from: { path: '^src/core/(diagnostic|expression|script|formats)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/core/(definition|plan)/', pathNot: '-(codes|pages)\\.ts$' },
    },
    layer('ports-are-types', 'ports say what we need from the world', '^src/ports/', ['^src/ports/', '^src/core/']),
    layer('steps-are-islands', 'a step type touches one folder', '^src/steps/[^/]+/', ['^src/core/', '^src/ports/', '^src/steps/[^/]+/']),
    {
      name: 'no-step-imports-another',
      comment: 'a step type never builds on another',
      severity: 'error',
      from: { path: '^src/steps/([^/]+)/' },
      to: { path: '^src/steps/', pathNot: '^src/steps/$1/' },
    },
    layer('engine-uses-ports', 'the engine makes it happen through ports', '^src/engine/', ['^src/engine/', '^src/core/', '^src/ports/']),
    layer('local-adapters', 'one host, node and ports', '^src/adapters/local/', ['^src/adapters/local/', '^src/core/', '^src/ports/', builtIn('[a-z0-9_/]+')]),
    layer('github-adapters', 'one host, its toolkit and ports', '^src/adapters/github/', ['^src/adapters/github/', '^src/core/', '^src/ports/', library('@actions/core'), library('@actions/exec'), library('@actions/cache'), library('@actions/artifact'), library('@octokit/rest'), builtIn('[a-z_/]+')]),
    {
      name: 'toolkit-in-github-adapter',
      comment: 'the toolkit writes to stdout wherever it is loaded: only the adapter of GitHub calls it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/github/' },
      to: { path: [library('@actions/core'), library('@actions/exec')] },
    },
    {
      name: 'octokit-in-rest',
      comment: 'the client of the REST API is called in one folder, where its deadlines and limits are kept',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/github/rest/' },
      to: { path: library('@octokit/[^/]+') },
    },
    {
      name: 'clients-in-transfer',
      comment: 'the clients of caches and artifacts unpack what they are sent, print and wait: only a process of their own calls them (ADR 15)',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/github/transfer/' },
      to: { path: [library('@actions/cache'), library('@actions/artifact')] },
    },
    layer('assembly-puts-together', 'what every front door needs of engine, steps and adapters, put together once', '^src/assembly/',
      ['^src/assembly/', '^src/(core|ports|steps|engine)/', '^src/adapters/local/', builtIn('[a-z_/]+')]),
    {
      name: 'front-doors-apart',
      comment: 'the action and the command line share the engine, never each other',
      severity: 'error',
      from: { path: '^src/(cli|action)/' },
      to: { path: '^src/(cli|action)/', pathNot: '^src/$1/' },
    },
    {
      name: 'nobody-imports-a-front-door',
      comment: 'front doors are entered from outside only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/((cli|action)/|main\\.ts$)' },
      to: { path: '^src/(cli|action)/' },
    },
    { name: 'no-cycles', comment: 'a cycle is one module in two files', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'code that nothing reaches is deleted',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.test\\.ts$', '^src/main\\.ts$'] },
      to: {},
    },
    {
      name: 'no-dependence-on-tests',
      comment: 'what ships never leans on what checks it',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^test/', '\\.test\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
