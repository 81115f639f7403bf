import { list, optional, required } from '../../core/definition/shape/collection.js';
import { choice, number } from '../../core/definition/shape/scalar.js';
import { shellText } from '../../core/definition/shape/text.js';
import { describeExit } from '../../core/run/describe-exit.js';
import { defineStepType } from '../../core/definition/step-type.js';

/** A command for bash or sh. */
export const shellStep = defineStepType({
  name: 'shell',
  summary: 'Runs a command in a shell.',
  succeedsWhen: 'it exits 0, or with one of ok_codes',
  fields: {
    command: required(shellText(), 'the command or script'),
    shell: optional(choice(['bash', 'sh']), 'bash (default): `bash --noprofile --norc -eo pipefail`; sh: `sh -e`'),
    ok_codes: optional(list(number('an exit code from 0 to 255', { min: 0, max: 255, integer: true }), 1), 'the exit codes that count as success'),
  },
  execute: async ({ command, shell, ok_codes: okCodes }, tools) => {
    const end = await tools.runShell(command, shell?.value);
    if (end.kind === 'stopped') return { failure: null, exitCode: null };
    if (end.kind === 'failed') return { failure: end.failure, exitCode: end.exitCode };
    const wanted = okCodes?.flatMap((code) => (code.kind === 'written' ? [code.value] : [])) ?? [0];
    return { failure: wanted.includes(end.code) ? null : describeExit(end.code, command, wanted), exitCode: end.code };
  },
});
