/**
 * Three projects by file name: `unit` (pure, no server), `integration` (real servers) and `system` (whole services run
 * from dist). Workspace packages resolve to their sources through the `source` condition; what a test spawns as a
 * process of its own runs the built output. Time limits stand in the scripts of package.json: Jest has one for all.
 */
const onServers = {
  globalSetup: '<rootDir>/tests/runner/start-test-stack.ts',
  globalTeardown: '<rootDir>/tests/runner/stop-test-stack.ts',
};

const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.consilium/'],
  modulePathIgnorePatterns: ['/dist/', '/.consilium/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          // The same semantics as tsc with experimentalDecorators and without emitDecoratorMetadata.
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
        },
      },
    ],
  },
});

export default {
  reporters: ['default', './tests/runner/last-line-reporter.ts'],
  projects: [
    project('unit', ['<rootDir>/**/*.unit.spec.ts']),
    { ...project('integration', ['<rootDir>/**/*.int.spec.ts']), ...onServers },
    { ...project('system', ['<rootDir>/tests/**/*.system.spec.ts']), ...onServers },
  ],
};
