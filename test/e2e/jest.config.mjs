import unit from '../../jest.config.mjs';

export default { ...unit, maxWorkers: 1, rootDir: '../..', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
