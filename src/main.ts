import { startCommandLine } from './cli/main.js';

// One bundle with every door, so that they share their chunks; the action's is in a chunk that the command line never loads.
const script = process.argv[1] ?? '';
const stage = /[\\/]dist[\\/]action-(main|post)\.js$/u.exec(script)?.[1];
if (stage === 'main' || stage === 'post') void import('./action/main.js').then(({ startAction }) => startAction(stage));
else startCommandLine();
