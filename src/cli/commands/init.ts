import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeFileProblem } from '../../adapters/local/describe-file-problem.js';
import { showPath } from '../../adapters/local/find-workflows.js';
import { createPaint } from '../../core/report/paint.js';
import type { CallProblem } from '../call-problem.js';
import { renderNext, renderProblems } from '../call-problem.js';
import type { Call, ExitCode } from '../command.js';
import { draftWorkflow } from '../init/draft-workflow.js';
import type { Draft } from '../init/first-workflow.js';
import { joinTitles, writeFirstWorkflow } from '../init/first-workflow.js';
import type { FolderView } from '../init/folder-view.js';

/** `tollgate init [name]`: writes a first workflow that fits what lies in the folder. */
export function init(call: Call): ExitCode {
  const { arguments: [name = 'ci'], options, workspace, folder } = call;
  if (!/^[a-z0-9._-]+$/u.test(name) || /^\.+$/u.test(name)) return refuse(describeBadName(name), call);
  const path = join(workspace, '.github', 'tollgate', `${name}.yml`);
  const file = showPath(path, folder);
  const drafts = draftWorkflow(viewFolder(workspace));
  const text = writeFirstWorkflow(drafts, { name, calledAs: callForAll(call.calledAs) });
  const written = !options['dry-run'].value;
  if (written) {
    if (existsSync(path) && !options.force.value) return refuse(describeExisting(file, name), call);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      return refuse({ message: `${file} cannot be written: ${describeFileProblem(error)}` }, call);
    }
  }
  report({ name, file, text, drafts, written }, call);
  return 0;
}

interface Outcome {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly drafts: readonly Draft[];
  readonly written: boolean;
}

function report(outcome: Outcome, { options, terminal, calledAs }: Call): void {
  const { name, file, text, drafts, written } = outcome;
  const kinds = drafts.map(({ title }) => title);
  const next = nextCommands(name);
  if (options.json.value) {
    terminal.out(`${JSON.stringify({ name, file, written, kinds, text, next: next.map(({ call }) => `${calledAs} ${call}`) }, null, 2)}\n`);
    return;
  }
  const paint = createPaint(terminal.color);
  const fits = kinds.length === 0 ? 'a greeting to start from: nothing in this folder looked like a project' : `for the ${joinTitles(drafts)} project here`;
  if (written) terminal.out(`${paint.good('✓')} wrote ${paint.strong(file)}, ${fits}\n\n${text.replaceAll(/^(?=.)/gmu, '    ')}\n${renderNext(next, { paint, calledAs }).join('\n')}\n`);
  else {
    terminal.out(text);
    terminal.err(`${paint.faint(`would be written to ${file}, ${fits}`)}\n`);
  }
}

function nextCommands(name: string) {
  return [
    { call: `plan ${name}`, says: 'what would run, in what order, and why' },
    { call: `validate ${name}`, says: 'check it after a change' },
  ];
}

/** The file is for everybody: what holds in one person's folder alone is no way to call us. */
function callForAll(calledAs: string): string {
  return /^(?:npx tollgate|node [\w-][\w./-]*)$/u.test(calledAs) ? calledAs : 'tollgate';
}

function describeBadName(name: string): CallProblem {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/gu, '');
  return { message: `'${name}' cannot name a workflow: names have a-z, 0-9, dot, _ and -`, next: [{ call: slug === '' ? 'init' : `init ${slug}`, says: 'with a name that can be' }] };
}

function describeExisting(file: string, name: string): CallProblem {
  return {
    message: `${file} is there already`,
    next: [
      { call: `plan ${name}`, says: 'what it would run' },
      { call: `init ${name} --force`, says: 'write over it' },
      { call: `init ${name}-2`, says: 'write another' },
    ],
  };
}

function refuse(problem: CallProblem, { terminal, calledAs }: Call): ExitCode {
  terminal.err(renderProblems([problem], { paint: createPaint(terminal.color), calledAs }));
  return 2;
}

function viewFolder(folder: string): FolderView {
  const names = listNames(folder);
  const known = new Set(names);
  return {
    names,
    has: (name) => known.has(name),
    read: (name) => (known.has(name) ? readText(join(folder, name)) : undefined),
  };
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
