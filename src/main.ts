import { startCommandLine } from './cli/main.js';

// One bundle with every door, so that they share their chunks; the action's, and that of what it starts for itself, are in
// chunks that the command line never loads.
const script = process.argv[1] ?? '';
const door = /[\\/]dist[\\/](?:action-(main|post|plan|verdict)|(transfer))\.js$/u.exec(script);
const stage = door?.[1] as 'main' | 'post' | 'plan' | 'verdict' | undefined;
if (stage !== undefined) void import('./action/main.js').then(({ startAction }) => startAction(stage));
else if (door?.[2] === 'transfer') void import('./adapters/github/transfer/transfer-process.js').then(({ startTransferProcess }) => startTransferProcess());
else startCommandLine();
