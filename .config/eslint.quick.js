import ts from 'typescript-eslint';
import config from './eslint.config.js';

// All but what needs types in components: for each one TypeScript begins its program anew, which takes longer than
// all the rest. svelte-check has judged their types; `npm run lint` applies every rule.
export default ts.config(...config, { files: ['**/*.svelte'], ...ts.configs.disableTypeChecked });
