import unit from '../../jest.config.mjs';

export default { ...unit, rootDir: '../..', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
