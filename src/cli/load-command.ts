import type { RunCommand } from './command.js';
import type { CommandName } from './commands.js';

/** What a command does, loaded when it is called: a call reads the code of its own command alone. */
export async function loadCommand(name: CommandName): Promise<RunCommand> {
  switch (name) {
    case 'init': return (await import('./commands/init.js')).init;
    case 'list': return (await import('./commands/list.js')).list;
    case 'show': return (await import('./commands/show.js')).show;
    case 'validate': return (await import('./commands/validate.js')).validate;
    case 'lint': return (await import('./commands/lint.js')).lint;
    case 'plan': return (await import('./commands/plan.js')).plan;
    case 'explain': return (await import('./commands/explain.js')).explain;
    case 'resume': return (await import('./commands/resume.js')).resume;
    case 'rerun': return (await import('./commands/rerun.js')).rerun;
    case 'run': return (await import('./commands/run.js')).run;
    case 'cleanup': return (await import('./commands/cleanup.js')).cleanup;
    case 'preflight': return (await import('./commands/preflight.js')).preflight;
    case 'status': return (await import('./commands/status.js')).status;
    case 'history': return (await import('./commands/history.js')).history;
    case 'replay': return (await import('./commands/replay.js')).replay;
    case 'logs': return (await import('./commands/logs.js')).logs;
    case 'cache': return (await import('./commands/cache.js')).cache;
    case 'state': return (await import('./commands/state.js')).state;
    case 'artifacts': return (await import('./commands/artifacts.js')).artifacts;
    case 'errors': return (await import('./commands/errors.js')).errors;
    case 'schema': return (await import('./commands/schema.js')).schema;
    case 'config': return (await import('./commands/config.js')).config;
    case 'completion': return (await import('./commands/completion.js')).completion;
    case 'help': return (await import('./commands/help.js')).help;
  }
}
