import { resolve } from 'node:path';
import type { GivenInputs } from '../assembly/prepare-plan.js';
import { showPath } from '../adapters/local/find-workflows.js';
import { readWorkflowFile } from '../adapters/local/read-workflow-file.js';
import type { GivenInput } from '../core/definition/inputs/resolve-inputs.js';
import { readInputsText } from '../core/definition/inputs/read-inputs-text.js';
import type { Message } from '../core/report/message.js';
import type { Call } from './command.js';
import { describeOrigin } from './origin.js';

/** What a call gives for inputs: files first, so that what is said on the command line wins. */
export function readGivenInputs({ options, folder }: Call): GivenInputs {
  const given: GivenInput[] = [];
  const files: GivenInputs['files'][number][] = [];
  const messages: Message[] = [];
  for (const name of options.inputs.value) {
    const path = resolve(folder, name);
    const shown = showPath(path, folder);
    const file = readWorkflowFile(path, shown);
    if (file.kind === 'unreadable') {
      messages.push({ code: 'TG1308', severity: 'error', message: `the inputs in ${shown} cannot be read: ${file.reason}`, at: describeOrigin(options.inputs.origin), ways: ['Name a YAML or JSON file that holds a map from inputs to values'] });
      continue;
    }
    if (file.kind === 'refused') {
      files.push({ source: file.source, diagnostics: [file.diagnostic] });
      continue;
    }
    const read = readInputsText(file.source);
    given.push(...read.given);
    if (read.diagnostics.length > 0) files.push({ source: file.source, diagnostics: read.diagnostics });
  }
  for (const { name, value, origin } of options.input.value) given.push({ name, value, from: describeOrigin(origin) });
  return { given, files, messages };
}
