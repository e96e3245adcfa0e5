import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The one direction of dependencies: entries → vscode | node | engine → protocol → core.
 * Each folder lists what it must not import; the adapters (vscode, node, engine) never import each other.
 */
const NATIVE = ['smart-whisper', 'smart-whisper/*', 'onnxruntime-web', 'onnxruntime-web/*'];
const FORBIDDEN = {
  core: { paths: ['vscode', ...NATIVE], folders: ['protocol', 'node', 'engine', 'vscode'], node: true },
  protocol: { paths: ['vscode', ...NATIVE], folders: ['node', 'engine', 'vscode'], node: true },
  node: { paths: ['vscode', ...NATIVE], folders: ['engine', 'vscode'], node: false },
  engine: { paths: ['vscode'], folders: ['node', 'vscode'], node: false },
  vscode: { paths: [...NATIVE], folders: ['node', 'engine'], node: false },
};

/** @type {any[]} */
const boundaries = Object.entries(FORBIDDEN).map(([folder, rule]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: rule.paths, message: `src/${folder} must not know this package.` },
          {
            // `../x/…` is how a sibling folder of src is reached from inside one.
            group: rule.folders.flatMap((other) => [
              `../${other}/**`,
              `../../${other}/**`,
              `../../../${other}/**`,
            ]),
            message: `src/${folder} must not import this folder: entries → vscode | node | engine → protocol → core.`,
          },
          ...(rule.node ? [{ group: ['node:*'], message: `src/${folder} is pure: no Node modules.` }] : []),
          {
            group: ['**/extension', '**/cli', '../engine', '../../engine'],
            message: 'Nothing imports an entry.',
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', '.cache', '.vscode-test', 'test/fixtures'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Module-level mutable state survives a restart of the extension: state lives in objects that can be disposed.
      'no-restricted-syntax': [
        'error',
        { selector: 'Program > VariableDeclaration[kind="let"]', message: 'No module-level mutable state.' },
        {
          selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
          message: 'No module-level mutable state.',
        },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'performance',
          'Date',
          'console',
        ].map((name) => ({
          name,
          message: 'core is pure: time comes from the sample clock or a scheduler.',
        })),
      ],
    },
  },
  ...boundaries,
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'fetch',
          'AbortController',
          '__dirname',
          'require',
          'module',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
