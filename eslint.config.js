import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typescript = ['**/*.{ts,tsx}'];
const specs = ['**/*.spec.ts'];
const packageRoots = ['{libs,services,infra}/*/src/index.ts'];

/** Syntax the house does without. ESLint replaces a rule's options as a whole, so every block below lists all it means. */
const syntax = {
  defaultExport: {
    selector: 'ExportDefaultDeclaration, ExportNamedDeclaration > ExportSpecifier[exported.name="default"]',
    message: 'Export by name, so that a thing is called the same everywhere.',
  },
  exportAll: {
    selector: 'ExportAllDeclaration',
    message: 'Name what is exported, so that a package shows its whole surface in index.ts.',
  },
  privateKeyword: {
    selector: ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility="private"]',
    message: 'Use #private: it is private at run time too.',
  },
  reExport: {
    selector: 'ExportNamedDeclaration[source]',
    message: 'Only index.ts at a package root exports again what another file defines.',
  },
  barrel: {
    selector: 'Program',
    message: 'index.ts stands only at a package root; import the file that defines the thing.',
  },
  focusedTest: {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
    message: 'No focused, skipped or empty tests: a test that cannot run here is a defect, or prints its reason.',
  },
  moduleMock: {
    selector: 'MemberExpression[object.name="jest"][property.name=/^(mock|unstable_mockModule|doMock)$/]',
    message: 'No mocks of our own code: pass a port, or a twin that passes the same contract suite.',
  },
};
const everywhere = [syntax.defaultExport, syntax.exportAll, syntax.privateKeyword];

const impureGlobals = [
  'Date',
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'crypto',
  'performance',
  'globalThis',
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', 'coverage/', '.consilium/', '**/generated/', '**/*.generated.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      // One program for all packages: a project service would load one a package and hold the sources many times over.
      // The console is apart: it has the browser's types and not Node's.
      parserOptions: {
        project: ['./tsconfig.test.json', './services/console/tsconfig*.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, syntax.reExport],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.{1,2}/(.*/)?src(/|$)',
              message: 'Another package is imported by its name, @consilium/<name>, never by a path.',
            },
          ],
        },
      ],
      eqeqeq: 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',

      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // Every member has its case, and the default clause is left for assertNever: a default that answers would hide a new member.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'typeLike', format: ['PascalCase'] },
        { selector: ['function', 'classMethod'], format: ['camelCase', 'PascalCase'], leadingUnderscore: 'allow' },
      ],

      // Unions need `type`, and one keyword for all shapes reads better than two.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Nest modules are classes that carry only a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A twin of an asynchronous port has nothing to await; `async` turns its throws into rejections as in the real one.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // tsc reports what is not defined, and knows the types too.
      'no-undef': 'off',
    },
  },

  {
    name: 'consilium/libs',
    files: ['libs/*/src/**/*.ts', 'infra/*/src/**/*.ts'],
    ignores: specs,
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' },
  },
  {
    name: 'consilium/no-console',
    files: ['libs/*/src/**/*.ts', 'services/{api,relay,projector,quality}/src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'consilium/environment',
    files: ['services/*/src/**/*.{ts,tsx}'],
    ignores: [...specs, '**/config.ts', '**/main.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, by config.ts of the service.' },
      ],
    },
  },
  {
    name: 'consilium/pure',
    files: ['libs/{domain,consensus,formats,bilingual}/src/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-globals': [
        'error',
        ...impureGlobals.map((name) => ({
          name,
          message: 'Pure code: time, ids, randomness and the outside world arrive as data.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Pure code: randomness arrives as data, a seed for instance.' },
      ],
    },
  },

  {
    name: 'consilium/package-roots',
    files: packageRoots,
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    name: 'consilium/barrels',
    files: ['**/index.ts'],
    ignores: packageRoots,
    rules: { 'no-restricted-syntax': ['error', syntax.barrel] },
  },
  {
    name: 'consilium/specs',
    files: specs,
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, syntax.reExport, syntax.focusedTest, syntax.moduleMock],
      // expect(port.method) takes the method as a value on purpose.
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    name: 'consilium/loaded-by-default-export',
    files: ['**/*.config.ts', 'tests/runner/{last-line-reporter,start-test-stack,stop-test-stack}.ts'],
    rules: { 'no-restricted-syntax': ['error', syntax.exportAll, syntax.privateKeyword, syntax.reExport] },
  },
  {
    name: 'consilium/configs',
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
