import type { ScriptPart, Shell } from '../../src/core/script/hand-over.js';
import { pickHostile } from './hostile-values.js';
import type { Chance } from './seeded-chance.js';

/** Shell text under construction, with the values for its holes in order. */
type Text = readonly (string | { readonly value: string })[];

/** A word of a script, and the text that it has to arrive as. */
interface Made {
  readonly text: Text;
  readonly arrives: string;
}

/** A script that writes what arrives, each text followed by a NUL, to descriptor 9. */
export interface MadeScript {
  readonly parts: readonly ScriptPart[];
  readonly values: readonly (string | undefined)[];
  readonly arrives: readonly string[];
}

interface Maker {
  readonly chance: Chance;
  readonly shell: Shell;
  readonly count: { names: number };
}

export function generateScript(chance: Chance, shell: Shell, statements: number): MadeScript {
  const maker: Maker = { chance, shell, count: { names: 0 } };
  const made = Array.from({ length: statements }, () => makeStatement(maker, 3 + chance.below(5)));
  const parts: ScriptPart[] = [];
  const values: (string | undefined)[] = [];
  for (const piece of made.flatMap((one) => [...one.text, '\n'])) {
    const at = parts.length;
    parts.push(typeof piece === 'string' ? { kind: 'text', text: piece } : { kind: 'value', type: 'other', at: [at, at + 1] });
    values.push(typeof piece === 'string' ? undefined : piece.value);
  }
  return { parts, values, arrives: made.flatMap((one) => one.arrives) };
}

interface MadeStatement {
  readonly text: Text;
  readonly arrives: readonly string[];
}

function makeStatement(maker: Maker, depth: number): MadeStatement {
  const { chance } = maker;
  const show = makeShow(maker, depth);
  const comment: Text = chance.below(3) === 0 ? [' # it\'s a "comment ', hole(chance), ' `$('] : [];
  const name = newName(maker);
  const shells: readonly (() => Text)[] = [
    () => [...show.text, ...comment],
    () => ['if true; then ', ...show.text, ...comment, '\nelse echo ', hole(chance), '\nfi'],
    () => [name, '() {\n', ...show.text, '\n}\n', name, ' ', hole(chance), ...comment],
    () => ['( ', ...show.text, ' )', ...comment],
    () => ['{ ', ...show.text, '\n}'],
    () => ['case ', ...makeWord(maker, 1).text, ' in\n  no-such-thing-', hole(chance), ') exit 3 ;;\n  (*) ', ...show.text, ' ;;\nesac'],
    () => ['for i in ', ...makeWord(maker, 1).text, '; do ', ...comment, '\n', ...show.text, '; done'],
    () => ['while :; do\n', ...show.text, '\nbreak; done'],
    () => ['! { ', ...show.text, ' && false; }'],
    () => ['true | { ', ...show.text, '; } 2>&1 | cat'],
    () => [`${name}=`, hole(chance), ' \\\n env true; ', ...show.text],
    () => ['false || ', ...show.text, ' &&\n\ttrue', ...comment],
    () => [...show.text, ' < /dev/null &\nwait'],
  ];
  return { text: chance.pick(shells)(), arrives: show.arrives };
}

/** `printf` of one or two words, or a here-document. */
function makeShow(maker: Maker, depth: number): MadeStatement {
  const first = makeWord(maker, depth);
  if (maker.chance.below(4) > 0) {
    const second = makeWord(maker, depth - 1);
    return { text: ["printf '%s\\0' ", ...first.text, ' ', ...second.text, ' >&9'], arrives: [first.arrives, second.arrives] };
  }
  const body = makeQuoted(maker, depth, 'here');
  return { text: ['{ cat <<END; printf "\\0"; } >&9\n<', ...body.text, '>\nEND\n:'], arrives: [`<${body.arrives}>\n`] };
}

function makeWord(maker: Maker, depth: number): Made {
  const { chance } = maker;
  if (depth <= 0) return makeHole(chance);
  const forms: readonly (() => Made)[] = [
    () => makeHole(chance),
    () => join(makeWord(maker, 0), literal('mid=#{x'), makeWord(maker, depth - 1)),
    () => wrap('"', makeQuoted(maker, depth, 'double'), '"'),
    () => makeSingle(chance),
    () => join(makeWord(maker, depth - 1), makeWord(maker, depth - 2)),
    () => wrap('"', makeQuoted(maker, depth, 'double'), '"'),
    () => wrap('"', makeSubstitution(maker, depth), '"'),
    () => wrap('"', makeSubstitution(maker, depth), '"'),
    () => wrap('"', makeSubstitution(maker, depth), '"'),
    ...(maker.shell === 'bash' ? [() => makeAnsi(chance)] : []),
  ];
  return chance.pick(forms)();
}

function makeHole(chance: Chance): Made {
  const value = pickHostile(chance);
  return { text: [{ value }], arrives: value };
}

function makeSingle(chance: Chance): Made {
  const inner = makeHole(chance);
  return wrap("'", join(literal('a "$(b` \\'), inner, literal(chance.pick(['', '\n', '#']))), "'");
}

function makeAnsi(chance: Chance): Made {
  const inner = makeHole(chance);
  return { text: ["$'\\t\\'", ...inner.text, "\\\\'"], arrives: `\t'${inner.arrives}\\` };
}

/** What can stand between double quotes and in a here-document. */
function makeQuoted(maker: Maker, depth: number, where: 'double' | 'here'): Made {
  const { chance } = maker;
  const pieces = Array.from({ length: 2 + chance.below(3) }, (): Made => {
    const forms: readonly (() => Made)[] = [
      () => makeHole(chance),
      () => makeHole(chance),
      () => literal(chance.pick([' ', "it's ", '(', ')', '#', ' # ', '*', '\n', 'a;b|c&d ', '~', '{a,b} '])),
      () => ({ text: [chance.pick(['\\$', '\\\\', '\\`'])], arrives: '' }),
      () => makeSubstitution(maker, depth - 1),
      () => ({ text: [where === 'double' ? '\\"' : '"'], arrives: '"' }),
    ];
    const made = chance.pick(forms)();
    const only = made.text[0];
    return made.arrives === '' && typeof only === 'string' && /^\\[$\\`]$/.test(only) ? { text: [`${only} `], arrives: `${only[1] ?? ''} ` } : made;
  });
  return join(...pieces);
}

/** `$( … )` around something that prints a word; line ends at its end are lost, as in every shell. */
function makeSubstitution(maker: Maker, depth: number): Made {
  const { chance, shell } = maker;
  if (depth <= 0) return makeHole(chance);
  const word = makeWord(maker, depth - 1);
  const other = makeWord(maker, depth - 2);
  const name = newName(maker);
  const print: Text = ["printf '%s' ", ...word.text];
  const shown = withoutLineEnds(word.arrives);
  const simple: readonly Text[] = [
    print,
    [' ( ', ...print, ' ) '],
    ['# it\'s "one" ) of ', hole(chance), '\n', ...print],
    [...print, ' | cat'],
    [`${name}=`, ...word.text, `; printf '%s' "$${name}"`],
    [`${name}() { printf '%s' "$1"; }; ${name} `, ...word.text],
    ['case ', ...other.text, ' in (a) ;; b|c) : ;; *) ', ...print, ' ;; esac'],
    ['case x in x) ', ...print, '\n;; esac # )\n'],
    ['for i in ', ...word.text, '; do printf \'%s\' "$i"; done'],
    ['if [ x', ...other.text, " != y ]; then ", ...print, '; fi'],
    ['set -- ', ...word.text, '; printf \'%s\' "$1"'],
    ['export ', name, '=', ...word.text, `; sh -c 'printf %s "$${name}"'`],
    ['env printf %s ', ...word.text],
    ["sh -c 'printf %s \"$1\"' _ ", ...word.text],
  ];
  // bash 5.2 loses a quote of `$'…'` in a list inside two substitutions, and the hand-over refuses it.
  const element = makeWord({ ...maker, shell: 'sh' }, depth - 1);
  const listed: Text = [`${name}=(`, ...makeWord({ ...maker, shell: 'sh' }, depth - 2).text, ' # ', hole(chance), '\n', ...element.text, `); printf '%s' "\${${name}[1]}"`];
  const bashOnly: readonly Text[] = [
    ['cat <(', ...print, ')'],
    ['cat <<< ', ...word.text],
    [`function ${name} { local v=`, ...word.text, `; printf '%s' "$v"; }; ${name}`],
    ['[[ -n x', ...other.text, ' && ( y != z', ...other.text, ' ) ]] && ', ...print],
    [`declare ${name}=`, ...word.text, `; printf '%s' "$${name}"`],
    ['{ time -p ', ...print, '; } 2>/dev/null'],
  ];
  const pattern = makePattern(maker);
  const body = makeQuoted(maker, depth - 1, 'here');
  const end = `EOF${++maker.count.names}`;
  const strip = chance.below(2) === 0;
  const forms: readonly (() => Made)[] = [
    () => ({ text: ['$(', ...chance.pick(shell === 'bash' ? [...simple, ...bashOnly] : simple), ')'], arrives: shown }),
    () => ({ text: ['$(', ...chance.pick(simple), ')'], arrives: shown }),
    () => ({ text: [`$(cat <<${strip ? '-' : ''}${end}\n|`, ...body.text, `|\n${strip ? '\t' : ''}${end}\n)`], arrives: `|${body.arrives}|` }),
    () => pattern,
    ...(shell === 'bash' ? [() => ({ text: ['$(', ...listed, ')'], arrives: withoutLineEnds(element.arrives) })] : []),
  ];
  return chance.pick(forms)();
}

/** A value as a pattern matches itself and nothing else. */
function makePattern({ chance, shell }: Maker): Made {
  const a = pickHostile(chance);
  const b = chance.below(2) === 0 ? a : pickHostile(chance);
  const same = a === b ? 'same' : 'other';
  const inCase: Text = ['$(case ', { value: a }, ' in ', { value: b }, ') echo same;; *) echo other;; esac)'];
  const inCondition: Text = ['$(if [[ ', { value: a }, ' == ', { value: b }, ' ]]; then echo same; else echo other; fi)'];
  return { text: shell === 'bash' && chance.below(2) === 0 ? inCondition : inCase, arrives: same };
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}

function hole(chance: Chance): { readonly value: string } {
  return { value: pickHostile(chance) };
}

function newName({ count }: Maker): string {
  return `name_${++count.names}`;
}

function literal(text: string): Made {
  return { text: [text], arrives: text };
}

function join(...made: readonly Made[]): Made {
  return { text: made.flatMap((one) => one.text), arrives: made.map((one) => one.arrives).join('') };
}

function wrap(before: string, made: Made, after: string): Made {
  return { text: [before, ...made.text, after], arrives: made.arrives };
}
