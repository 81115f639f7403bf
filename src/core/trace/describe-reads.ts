import type { Span } from '../diagnostic/diagnostic.js';
import type { Failure } from '../run/failure.js';
import type { UndeclaredUses } from './find-undeclared.js';
import type { SortedReads } from './sort-undeclared.js';
import type { SuggestedInputs } from './suggest-inputs.js';

export interface ReadsOfStep {
  readonly uses: UndeclaredUses;
  readonly sorted: SortedReads;
  readonly suggested: SuggestedInputs;
  /** What its key is made of besides its definition: its inputs, the whole workspace, or what it says itself by `cache_key`. */
  readonly basis: 'inputs' | 'workspace' | 'key';
  /** The trace was read to its end. */
  readonly isWhole: boolean;
  readonly at: Span;
}

const mostNamed = 5;
const mostAside = 3;
const mostPatterns = 12;

/** What a step was seen to read and does not declare, with what to write into the workflow. */
export function describeReads(reads: ReadsOfStep): Failure {
  const { uses: { read }, basis, isWhole, at } = reads;
  const aside = describeAside(reads.uses);
  const about = { kind: 'step-type:trace', code: 'TG3414' } as const;
  if (read.length === 0) {
    if (!isWhole) return { ...about, message: 'what it read could not be watched to its end', at, hints: ['Run it again; strace may have been ended from outside'] };
    // Without a place, so that what all steps say alike is said once.
    return { ...about, level: 'info', message: `it read nothing that it does not declare${aside === undefined ? '' : `; it ${aside}`}`, hints: [] };
  }
  const hints = [...describeWays(reads), ...(aside === undefined ? [] : [`It also ${aside}`]), ...(isWhole ? [] : ['The trace broke off: there may be more'])];
  const names = nameReads(reads.sorted);
  if (basis === 'key') return { ...about, level: 'info', message: `it read ${countFiles(read.length)} without inputs, so that its key has to cover ${names}`, at, hints };
  return { ...about, message: `it read ${countFiles(read.length)} that it does not declare: ${names}`, at, hints };
}

function nameReads({ inputs, changed, foreign, ignored }: SortedReads): string {
  return nameSome(
    [
      ...inputs.map((each) => (each.via === undefined ? asYaml(each.path) : `${asYaml(each.via)} → ${asYaml(each.path)}`)),
      ...foreign.map(({ path }) => asYaml(path)),
      ...changed.map(asYaml),
      ...ignored.map(({ path, count }) => (count === 1 ? asYaml(path) : `${asYaml(path)} (${countFiles(count)})`)),
    ],
    mostNamed,
  );
}

function describeWays({ sorted: { inputs, changed, foreign, ignored }, suggested: { patterns, unnamable }, basis }: ReadsOfStep): readonly string[] {
  const items = patterns.slice(0, mostPatterns).map(asYaml).join(', ');
  const more = patterns.length > mostPatterns ? `, and ${patterns.length - mostPatterns} more` : '';
  const add = { inputs: `Add to its inputs: ${items}${more}`, key: `See that its cache_key covers them, or declare inputs: [${items}]${more}`, workspace: 'They came while it ran: let a step that it needs make them' }[basis];
  const makers = [...new Set(foreign.map(({ step }) => step))];
  return [
    ...(inputs.length > unnamable.length ? [add] : []),
    ...(unnamable.length === 0 ? [] : [`No input can name ${nameSome(unnamable.map(asYaml), mostAside)}: rename it, or declare its folder`]),
    ...(foreign.length === 0 ? [] : [`${nameSome(foreign.map(({ path }) => asYaml(path)), mostAside)} ${foreign.length === 1 ? 'is an output' : 'are outputs'} of ${nameSome(makers, mostAside)}: add needs: [${makers.join(', ')}]`]),
    ...(changed.length === 0 ? [] : [`It also changes ${nameSome(changed.map(asYaml), mostAside)}: declare that as an output, or keep it out of the workspace`]),
    ...(ignored.length === 0 ? [] : [`git ignores ${nameSome(ignored.map(({ path }) => asYaml(path)), mostAside)}: let the step that makes it declare it as an output and be needed here, or name exactly this path in inputs`]),
  ];
}

function describeAside({ listed, absent }: UndeclaredUses): string | undefined {
  const said = [
    ...(listed.length === 0 ? [] : [`listed ${nameSome(byDepth(listed).map((path) => (path === '' ? 'the workspace' : asYaml(path))), mostAside)}`]),
    ...(absent.length === 0 ? [] : [`looked for ${nameSome(byDepth(absent).map(asYaml), mostAside)}, not there`]),
  ];
  return said.length === 0 ? undefined : said.join(', and ');
}

/** Those that lie nearest to the root are the likeliest to be made one day. */
function byDepth(paths: readonly string[]): readonly string[] {
  const depth = (path: string): number => path.split('/').length;
  return [...paths].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

function nameSome(names: readonly string[], most: number): string {
  return names.length <= most + 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** As it can stand in a list of YAML. */
function asYaml(path: string): string {
  const isPlain = /^[\w./][\w./@+*~-]*$/u.test(path) && /[a-z]/iu.test(path) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(path) && !/^[\d.]+e\d+$|^0[xo]/iu.test(path);
  return isPlain ? path : JSON.stringify(path);
}
