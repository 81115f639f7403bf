import type { ErrorPage } from '../../diagnostic/error-page.js';
import type { unbuiltCodes } from './unbuilt-codes.js';

/** What is behind the code of what cannot be run yet. */
export const unbuiltPages: Readonly<Record<keyof typeof unbuiltCodes, ErrorPage>> = {
  TG2901: {
    meaning: 'The workflow is right, and asks for something that this version of Tollgate reads, checks and plans, but cannot run yet.',
    why: 'A gate, a budget or a retry that is passed over as if it were not there would be worse than no run at all. So `run` refuses it by name and place.',
    fix: '`tollgate plan` shows what it would do. Take a version that runs it, or do without; CHANGELOG.md says which version has learnt what.',
  },
};
