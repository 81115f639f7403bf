import { openMap } from '../../core/definition/shape/any-value.js';
import { either, isMap, isScalar, list, optional, record } from '../../core/definition/shape/collection.js';
import { choice, flag, number } from '../../core/definition/shape/scalar.js';
import { refuse } from '../../core/definition/shape/shape.js';
import { shellText, text } from '../../core/definition/shape/text.js';
import { defineStepType } from '../../core/definition/step-type.js';

const agents = ['claude_code', 'codex', 'gemini', 'command'] as const;

/** An AI agent with a task, bounds and proof. */
export const agentStep = defineStepType({
  name: 'agent',
  summary: 'Lets an AI agent work on the workspace, within bounds.',
  succeedsWhen: 'the agent reports success, nothing it needed was denied, what it wrote lies within writes, and expect holds',
  shortTypes: agents,
  fields: {
    agent: optional(choice(agents), 'which agent (default: claude_code)'),
    command: optional(shellText(), 'the command of an agent of type command'),
    prompt: optional(text(), 'the task'),
    prompt_file: optional(text('a path'), 'a file with the task'),
    model: optional(text(), 'the model'),
    max_turns: optional(number('a whole number from 1', { min: 1, integer: true }), 'how many turns it may take'),
    security_profile: optional(text(), 'restricted, standard, trusted, or a name of profiles'),
    writes: optional(list(text('a glob')), 'the files that it may write'),
    expect: optional(
      record('{ changes, files, run }', {
        changes: optional(flag(), 'whether it must change something'),
        files: optional(list(text('a glob')), 'files that must be there afterwards'),
        run: optional(shellText(), 'a command that must exit 0 afterwards'),
      }),
      'what must be true of its work',
    ),
    output_schema: optional(
      either('a JSON Schema, or a path to one', [
        { looks: isScalar, shape: text('a path') },
        { looks: isMap, shape: openMap('a JSON Schema') },
      ]),
      'what its answer must look like',
    ),
  },
  check: ({ prompt, prompt_file: file, at }, reading) => {
    if ((prompt === undefined) !== (file === undefined)) return;
    const [message, hint] =
      prompt === undefined
        ? ["an agent needs a 'prompt' or a 'prompt_file'", 'say what it has to do: prompt: Fix the failing test']
        : ["an agent has a 'prompt' or a 'prompt_file', not both", 'remove one of them'];
    refuse(reading, { code: 'TG1108', message, span: file?.at ?? at ?? [0, 0], hint });
  },
  ownOutputs: () => 'open',
});
