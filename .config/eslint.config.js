import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from '../svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'static/', 'tests/fixtures/'] },
	js.configs.recommended,
	...ts.configs.recommendedTypeChecked,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: {
					allowDefaultProject: ['.config/*.js', 'svelte.config.js', 'tests/bench/peers/*.js']
				},
				tsconfigRootDir: `${import.meta.dirname}/..`,
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			// Yjs's types leave out the `toString` that its text has.
			'@typescript-eslint/no-base-to-string': ['error', { ignoredTypeNames: ['YText'] }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			],
			'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
			'no-console': 'error',
			// Downbeat is served at the root of its origin, as its socket and its service worker are.
			'svelte/no-navigation-without-resolve': 'off',
			eqeqeq: 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{ files: ['**/*.js'], ...ts.configs.disableTypeChecked }
);
