import { relative, resolve } from 'node:path';
import type { RunArtifacts } from '../../adapters/local/run-artifacts/open-run-artifacts.js';
import { openRunArtifacts } from '../../adapters/local/run-artifacts/open-run-artifacts.js';
import { version } from '../../assembly/version.js';
import type { ListedArtifact } from '../../core/artifact/artifact.js';
import { latestGo } from '../../core/artifact/artifact-name.js';
import { nameArtifact, parseArtifactReference } from '../../core/artifact/artifact-reference.js';
import { chooseArtifact, newestFirst } from '../../core/artifact/choose-artifact.js';
import { expiresAt } from '../../core/artifact/retention.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { toArtifactJson } from '../../core/report/artifacts-json.js';
import { countFiles, renderArtifactList } from '../../core/report/artifacts-text.js';
import { describeBytes } from '../../core/report/describe-bytes.js';
import { createPaint } from '../../core/report/paint.js';
import { counted } from '../../core/report/plan-words.js';
import type { Bringing, DamagedArtifact } from '../../ports/artifact-store.js';
import { quoteWord } from '../called-as.js';
import type { Call, ExitCode } from '../command.js';
import { chooseWord } from '../choose-word.js';
import { refuseCall } from '../refuse-call.js';
import { stateFolderOf } from '../run/state-folder-of.js';

export const artifactWords = ['ls', 'get', 'prune'] as const;

/** `tollgate artifacts`: what runs have kept for people and other workflows. */
export async function artifacts(call: Call): Promise<ExitCode> {
  const word = chooseWord(artifactWords, call);
  if (typeof word === 'object') return refuseCall([word], call);
  const store = openRunArtifacts(stateFolderOf(call), call.workspace);
  switch (word) {
    case 'ls': return await list(store, call);
    case 'get': return await get(store, call);
    case 'prune': return await prune(store, call);
  }
}

async function list(store: RunArtifacts, call: Call): Promise<ExitCode> {
  const { found, damaged } = await store.list();
  const [, asked] = call.arguments;
  const listed = newestFirst(asked === undefined ? found : found.filter((each) => fits(each, asked)));
  if (call.options.json.value) return printJson({ artifacts: listed.map(toArtifactJson), damaged: damaged.map(toDamagedJson) }, call);
  if (asked !== undefined && listed.length === 0 && found.length > 0) return refuseCall([describeNone(asked, found)], call);
  const paint = createPaint(call.terminal.color);
  if (listed.length === 0) call.terminal.err('No artifact is kept here.\n');
  else call.terminal.out(renderArtifactList(listed, { paint, columns: call.terminal.columns, now: Date.now() }));
  for (const each of damaged) call.terminal.err(`${paint.warning('[WARNING]')} ${each.name} of run ${each.run} is damaged: ${each.reason} (TG3504)\n`);
  return 0;
}

/** `measure`, `measure/coverage`, and behind an `@` a run, a tag or the beginning of a version. */
function fits({ artifact, outcome }: ListedArtifact, asked: string): boolean {
  const [place = '', which] = asked.split('@');
  const [workflow = '', name] = place.split('/');
  if (workflow !== '' && artifact.workflow !== workflow) return false;
  if (name !== undefined && name !== '' && artifact.name !== name) return false;
  if (which === latestGo) return outcome.verdict === 'go';
  return which === undefined || artifact.run === which || artifact.tags.includes(which) || (which !== '' && artifact.version.startsWith(which));
}

function describeNone(asked: string, found: readonly ListedArtifact[]): { readonly message: string; readonly next: readonly { readonly call: string; readonly says: string }[] } {
  const near = nearestName(asked, new Set(found.flatMap(({ artifact }) => [artifact.workflow, `${artifact.workflow}/${artifact.name}`])));
  return { message: `no artifact is called '${asked}'${near === undefined ? '' : `; did you mean '${near}'?`}`, next: [{ call: `artifacts ls${near === undefined ? '' : ` ${quoteWord(near)}`}`, says: near === undefined ? 'all that is kept' : 'what is kept of it' }] };
}

async function get(store: RunArtifacts, call: Call): Promise<ExitCode> {
  const [, asked, given] = call.arguments;
  const reference = asked === undefined ? undefined : parseArtifactReference(asked);
  if (reference === undefined) return refuseCall([{ message: asked === undefined ? 'which artifact?' : `'${asked}' is no artifact`, hint: 'name it as <workflow>/<name>, with @<run>, @<tag> or @<version> behind it for one that is not the latest with verdict GO', next: [{ call: 'artifacts ls', says: 'all that is kept' }] }], call);
  const choice = chooseArtifact(reference, (await store.list()).found);
  if (choice.kind === 'none') return refuseCall([{ message: `${choice.reason} (TG3503)`, next: [...(choice.near === undefined ? [] : [{ call: `artifacts get ${quoteWord(choice.near)}`, says: 'take this one' }]), { call: 'artifacts ls', says: 'all that is kept' }] }], call);
  const { artifact } = choice.chosen;
  const folder = resolve(call.folder, given ?? artifact.name);
  const brought = await store.bring(artifact, { folder, manner: call.options.force.value ? 'over' : 'beside' });
  const shown = relative(call.folder, folder) === '' ? '.' : relative(call.folder, folder);
  if (brought.kind === 'brought') {
    if (call.options.json.value) return printJson({ ...toArtifactJson(choice.chosen), folder, written: brought.written }, call);
    call.terminal.out(`${nameArtifact(artifact)} → ${shown}: ${counted(countFiles(artifact), 'file', 'files')}, ${describeBytes(artifact.size)}${brought.written === 0 ? ', all in place already' : ''}\n`);
    return 0;
  }
  const [message, way] = describeFault(brought, nameArtifact(artifact), shown);
  const paint = createPaint(call.terminal.color);
  call.terminal.err(`${paint.blocking(paint.strong('error:'))} ${message}\n       ${way}\n`);
  return 1;
}

function describeFault({ kind, reason }: Exclude<Bringing, { readonly kind: 'brought' }>, artifact: string, folder: string): readonly [message: string, way: string] {
  switch (kind) {
    case 'conflict': return [`nothing was written to ${folder}: ${reason}`, 'name another folder, or replace what is there with --force'];
    case 'damaged': return [`${artifact} is damaged: ${reason} (TG3504)`, 'run the workflow again that makes it, or take another'];
    case 'unavailable': return [reason, 'make room or mend what is named'];
  }
}

/** What nobody is promised any more, and what is damaged. */
async function prune(store: RunArtifacts, call: Call): Promise<ExitCode> {
  const now = Date.now();
  const { found, damaged } = await store.list();
  const expired = newestFirst(found.filter(({ artifact }) => expiresAt(artifact) <= now));
  const isDry = call.options['dry-run'].value;
  const stuck: { readonly name: string; readonly reason: string }[] = [];
  for (const artifact of isDry ? [] : [...expired.map((each) => each.artifact), ...damaged]) {
    const reason = await store.remove(artifact);
    if (reason !== undefined) stuck.push({ name: `${artifact.name} of run ${artifact.run}`, reason });
  }
  if (!isDry) store.sweep(now);
  if (call.options.json.value) printJson({ dry_run: isDry, expired: expired.map(toArtifactJson), damaged: damaged.map(toDamagedJson), stuck }, call);
  else {
    const bytes = expired.reduce((sum, { artifact }) => sum + artifact.size, 0);
    const more = damaged.length === 0 ? '' : `, and ${damaged.length} damaged`;
    call.terminal.out(`${counted(expired.length, 'artifact', 'artifacts')} past ${expired.length === 1 ? 'its' : 'their'} time${more}: ${describeBytes(bytes)} ${isDry ? 'would be freed' : 'freed'}.\n`);
    for (const { name, reason } of stuck) call.terminal.err(`${createPaint(call.terminal.color).warning('[WARNING]')} ${name} could not be removed: ${reason}\n`);
  }
  return stuck.length === 0 ? 0 : 1;
}

function toDamagedJson({ run, name, reason }: DamagedArtifact): Readonly<Record<string, string>> {
  return { run_id: run, name, reason };
}

function printJson(fields: Readonly<Record<string, unknown>>, { terminal }: Call): ExitCode {
  terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, ...fields }, null, 2)}\n`);
  return 0;
}
