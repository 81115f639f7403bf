/** Unit tests stand beside their file; suites that cross files live under test/. */
const swc = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  // Properties over a real disk take their time on a slow one; what may not be slow is held by ratios in bench/.
  testTimeout: 60_000,
  maxWorkers: '100%',
  setupFiles: ['<rootDir>/test/rig/seed.mjs'],
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{src,test}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/test/node24/', '<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  collectCoverageFrom: ['src/**/*.ts'],
};
