import unit from '../jest.config.mjs';

// What holds the language's core: the tests beside it and the conformance suite. Nothing here starts a process.
export default { ...unit, rootDir: '..', testMatch: ['<rootDir>/src/core/**/*.test.ts', '<rootDir>/src/steps/**/*.test.ts', '<rootDir>/test/conformance/**/*.test.ts'], modulePathIgnorePatterns: ['<rootDir>/test/node24/', '<rootDir>/dist/'] };
