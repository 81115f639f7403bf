import { join, resolve } from 'node:path';
import { isFile, isFolder } from '../adapters/local/file-kind.js';
import { findWorkspace } from '../adapters/local/find-workspace.js';
import { describeCall, quoteWord } from './called-as.js';
import type { CallProblem } from './call-problem.js';
import { arrangeProblems, renderProblems } from './call-problem.js';
import type { Call, ExitCode, Terminal } from './command.js';
import { loadCommand } from './load-command.js';
import type { OptionValues } from './options.js';
import { describeOrigin } from './origin.js';
import type { FlagUse, ParsedCall } from './parse-arguments.js';
import { parseArguments } from './parse-arguments.js';
import type { FileSettings } from './resolve-options.js';
import { givenFolder, resolveOptions } from './resolve-options.js';
import { settingsFile } from './settings-file.js';
import { createPaint } from '../core/report/paint.js';
import { chooseColor, stripColor } from './choose-color.js';
import { createDrawing } from './draw-lines.js';
import { version } from '../assembly/version.js';
import type { World } from './world.js';

/** One call of the command line, from its words to its exit code; what it needs of the world is handed in. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<ExitCode> {
  const parsed = parseArguments(argv, version);
  const refusesColor = isOn(parsed.flags, 'no-color');
  const early = createTerminal(world, refusesColor);
  const calledAs = describeCaller(world, parsed.flags);
  if (isOn(parsed.flags, 'version')) return printVersion(early, isOn(parsed.flags, 'json'));
  if (isOn(parsed.flags, 'help') && parsed.command !== undefined) return printHelp(early, calledAs, parsed.command.name);
  if (isOn(parsed.flags, 'help') && parsed.word === undefined) return printHelp(early, calledAs, undefined);
  if (parsed.problems.length > 0) return refuse(parsed.problems, early, calledAs);
  const settled = await settle(parsed, world);
  const terminal = createTerminal(world, settled.options['no-color'].value);
  if (settled.problems.length > 0 && parsed.command?.name !== 'help') return refuse(arrangeProblems(settled.problems), terminal, calledAs);
  const { options, folder, workspace } = settled;
  const call: Call = { arguments: parsed.arguments, options, terminal, calledAs, folder, workspace, env: world.env };
  const command = parsed.command === undefined ? (await import('./print-overview.js')).printOverview : await loadCommand(parsed.command.name);
  return await command(call);
}

interface Settled {
  readonly options: OptionValues;
  readonly problems: readonly CallProblem[];
  readonly folder: string;
  readonly workspace: string;
}

/** Where the call is meant and what holds there: the file is found by the workspace, which flag and variable may name. */
async function settle(parsed: ParsedCall, world: World): Promise<Settled> {
  const { env } = world;
  const chosen = givenFolder(parsed.flags, env);
  const folder = chosen === undefined ? world.folder : resolve(world.folder, chosen);
  const workspace = findWorkspace({ folder, chosen: chosen !== undefined, env });
  const file = await readFileSettings(workspace, folder);
  const { values, problems } = resolveOptions({ flags: parsed.flags, env, file: file.settings, folders: { call: folder, file: workspace } });
  const all = [...file.problems, ...problems];
  if (values.folder.origin.kind !== 'file') return { options: values, problems: [...all, ...checkFolder(folder, values)], folder, workspace };
  const named = resolve(workspace, values.folder.value ?? '');
  return { options: values, problems: [...all, ...checkFolder(named, values)], folder: named, workspace: named };
}

function checkFolder(folder: string, { folder: { origin } }: OptionValues): readonly CallProblem[] {
  return origin.kind === 'default' || isFolder(folder) ? [] : [{ message: `${describeOrigin(origin)}: there is no folder ${folder}` }];
}

async function readFileSettings(workspace: string, folder: string): Promise<{ readonly settings: FileSettings; readonly problems: readonly CallProblem[] }> {
  const path = join(workspace, settingsFile);
  if (!isFile(path)) return { settings: new Map(), problems: [] };
  // Only here: most folders have no such file, and reading YAML is half of what a small call costs.
  const { readSettingsFile } = await import('./read-settings-file.js');
  return readSettingsFile(path, folder);
}

function printVersion(terminal: Terminal, json: boolean): ExitCode {
  terminal.out(json ? `${JSON.stringify({ version })}\n` : `${version}\n`);
  return 0;
}

async function printHelp(terminal: Terminal, calledAs: string, command: string | undefined): Promise<ExitCode> {
  const { renderHelp } = await import('./help/render-help.js');
  terminal.out(renderHelp(command, { paint: createPaint(terminal.color), calledAs, columns: terminal.columns }));
  return 0;
}

function refuse(problems: readonly CallProblem[], terminal: Terminal, calledAs: string): ExitCode {
  terminal.err(renderProblems(problems, { paint: createPaint(terminal.color), calledAs }));
  return 2;
}

function createTerminal({ out, err, env }: World, refused: boolean): Terminal {
  const color = chooseColor({ refused, env, isTerminal: out.isTerminal });
  const plainErr = !chooseColor({ refused, env, isTerminal: err.isTerminal });
  return {
    out: out.write,
    outBytes: out.write,
    err: (text) => err.write(plainErr ? stripColor(text) : text),
    color,
    columns: Math.max(40, out.columns ?? 80),
    rows: out.rows ?? 24,
    ...(out.isTerminal && isWatched(env) ? { draw: createDrawing(out.write) } : {}),
  };
}

/** Logs of CI and terminals that cannot move their cursor get lines. */
function isWatched(env: World['env']): boolean {
  return env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}

/** The way the user called us, with the flags that say where: so that a printed command works as it stands. */
function describeCaller(world: World, flags: readonly FlagUse[]): string {
  const carried = (['folder', 'state-dir'] as const).flatMap((option) => {
    const use = flags.findLast((flag) => flag.option === option);
    return use === undefined ? [] : [`${use.flag} ${quoteWord(use.text)}`];
  });
  return [describeCall(world), ...carried].join(' ');
}

function isOn(flags: readonly FlagUse[], option: FlagUse['option']): boolean {
  return flags.findLast((flag) => flag.option === option)?.text === 'true';
}
