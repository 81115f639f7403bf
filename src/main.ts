import { startCommandLine } from './cli/main.js';

// One bundle with every door, so that they share their chunks; the action's, and that of what it starts for itself, are in
// chunks that the command line never loads.
const script = process.argv[1] ?? '';
const door = /[\\/]dist[\\/](action-main|action-post|transfer)\.js$/u.exec(script)?.[1];
if (door === 'action-main' || door === 'action-post') void import('./action/main.js').then(({ startAction }) => startAction(door === 'action-main' ? 'main' : 'post'));
else if (door === 'transfer') void import('./adapters/github/transfer/transfer-process.js').then(({ startTransferProcess }) => startTransferProcess());
else startCommandLine();
