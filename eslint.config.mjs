import tseslint from 'typescript-eslint';

// dependency-cruiser holds who imports whom; this file holds what a graph cannot see.
const worldly = [
  { name: 'process', message: 'Values of the world are handed in: read them in an adapter or a front door.' },
  { name: 'console', message: 'Only front doors speak to people.' },
  { name: 'setTimeout', message: 'Time is a port.' },
  { name: 'setInterval', message: 'Time is a port.' },
  { name: 'setImmediate', message: 'Time is a port.' },
];
const impure = [
  { object: 'Date', property: 'now', message: 'Time is handed in.' },
  { object: 'Math', property: 'random', message: 'Chance is handed in.' },
  { property: 'localeCompare', message: 'Keys and names are sorted by code unit.' },
];
const moduleState = {
  selector: 'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  message: 'No state at module level.',
};
const rudeExit = { selector: 'CallExpression[callee.object.name="process"][callee.property.name="exit"]', message: 'Set process.exitCode in a front door; nothing exits in mid-flight.' };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'reports/', '.stryker-tmp/', 'test/node24/', 'test/fixtures/', 'test/conformance/', 'bench/peers/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['src/**/*.ts', 'test/**/*.ts'] })),
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `return refuse(…)` answers `undefined`, which the rule takes for nothing at all.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', moduleState, rudeExit],
      'max-params': ['error', 4],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/{core,ports,steps,engine}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...worldly], 'no-restricted-properties': ['error', ...impure] },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    rules: { 'no-unused-vars': 'error', eqeqeq: 'error', 'no-undef': 'off' },
  },
);
