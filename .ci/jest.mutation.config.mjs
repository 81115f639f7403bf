import unit from '../jest.config.mjs';

// What holds a folder of the language's core: the tests in it, and for the definition the conformance suite. Nothing here
// starts a process, and no more is loaded than the mutated folder needs: it is loaded for every mutant.
const area = process.env.TOLLGATE_MUTATION_AREA ?? '{definition,expression,script}';
const testMatch = [`<rootDir>/src/core/${area}/**/*.test.ts`, ...(area === 'definition' ? ['<rootDir>/test/conformance/**/*.test.ts'] : [])];

export default { ...unit, rootDir: '..', testMatch, modulePathIgnorePatterns: ['<rootDir>/test/node24/', '<rootDir>/dist/'] };
