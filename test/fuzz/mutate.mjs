import { Document, parse as parseYaml, stringify } from 'yaml';
import { createRandom, seedOf } from './random.mjs';

/** Quietly: what the parser thinks of the text is not asked here. */
const parse = (text) => parseYaml(text, { logLevel: 'error' });

const hostile = [
  '{{', '}}', '${{ x }}', '{{ steps.a.outputs.b }}', '{{.State}}', '{{', '\\{{', "'", '"', '`', '$(', '*a', '&a', '&a &b', '<<: *a', '!x', '!!str', '>-', '|2', '- - -', '? ', ': ', ' #', '\t', '[', ']', '{', '}', ',', '%YAML 1.1', '---', '...',
  '\u0000', '\u001b', '\ufeff', '\u2028', '\u202e', '\ud800', '__proto__', 'constructor', 'null', '~', 'true', 'yes', 'on', '0x1F', '1e400', '.nan', '-0', '012', '1_000', '2026-01-01', '10m', '5', 'none', 'needs:', 'when:', 'matrix:', 'parallel:', 'gate:', 'inputs:', 'steps:', 'a'.repeat(300), '(((((', 'fromJSON(', "format('{0}', ", '!= null', '&& ||', 'baseline(', 'parse_coverage(', 'inputs.x', 'cat <<EOF\n', "bash -c '", 'eval ', '$((', '[[ ',
];

/** A class of mutation: text and chance in, bytes out. */
export const mutations = {
  'bytes: flip': bytes((data, random) => { for (let i = 0; i <= random.below(4); i++) data[random.below(data.length)] = random.below(256); return data; }),
  'bytes: delete': bytes((data, random) => { const at = random.below(data.length); return Buffer.concat([data.subarray(0, at), data.subarray(at + 1 + random.below(40))]); }),
  'bytes: insert': bytes((data, random) => { const at = random.below(data.length); return Buffer.concat([data.subarray(0, at), Buffer.from(Array.from({ length: 1 + random.below(6) }, () => random.below(256))), data.subarray(at)]); }),
  'bytes: repeat': bytes((data, random) => { const at = random.below(data.length); const end = at + 1 + random.below(60); return Buffer.concat([data.subarray(0, end), ...Array.from({ length: 1 + random.below(30) }, () => data.subarray(at, end)), data.subarray(end)]); }),
  'bytes: splice': (text, random, corpus) => { const other = random.pick(corpus); return Buffer.from(text.slice(0, random.below(text.length)) + other.slice(random.below(other.length))); },
  'bytes: truncate': (text, random) => Buffer.from(text.slice(0, random.below(text.length))),
  'tokens: insert': (text, random) => { const at = random.below(text.length); return Buffer.from(text.slice(0, at) + random.pick(hostile) + text.slice(at)); },
  'tokens: replace a word': words((word, random) => (random.chance(0.5) ? random.pick(hostile) : misspell(word, random))),
  'tokens: swap words': (text, random) => { const found = [...text.matchAll(/[\w.-]+/gu)]; const [a, b] = [random.pick(found), random.pick(found)].sort((x, y) => x.index - y.index); return Buffer.from(a === b ? text : text.slice(0, a.index) + b[0] + text.slice(a.index + a[0].length, b.index) + a[0] + text.slice(b.index + b[0].length)); },
  'tokens: misspell a key': words((word, random) => misspell(word, random), /[a-z_]+(?=:)/gu),
  'lines: delete': lines((all, random) => all.splice(random.below(all.length), 1 + random.below(3))),
  'lines: duplicate': lines((all, random) => { const at = random.below(all.length); all.splice(at, 0, ...all.slice(at, at + 1 + random.below(3))); }),
  'lines: swap': lines((all, random) => { const [a, b] = [random.below(all.length), random.below(all.length)]; [all[a], all[b]] = [all[b], all[a]]; }),
  'lines: indent': lines((all, random) => { const at = random.below(all.length); all[at] = random.chance(0.5) ? `${random.pick([' ', '  ', '\t', '    '])}${all[at]}` : all[at].slice(1 + random.below(2)); }),
  'trees: delete a key': trees((tree, random) => { const { parent, key } = pickPlace(tree, random); if (Array.isArray(parent)) parent.splice(key, 1); else delete parent[key]; }),
  'trees: replace a value': trees((tree, random) => { const { parent, key } = pickPlace(tree, random); parent[key] = randomValue(random); }),
  'trees: add a key': trees((tree, random, corpus) => { const { parent } = pickPlace(tree, random); const donor = pickPlace(parse(random.pick(corpus)), random); if (Array.isArray(parent)) parent.push(donor.parent[donor.key]); else parent[donor.key] = donor.parent[donor.key]; }),
  'trees: swap values': trees((tree, random) => { const [a, b] = [pickPlace(tree, random), pickPlace(tree, random)]; const [left, right] = structuredClone([a.parent[a.key], b.parent[b.key]]); a.parent[a.key] = right; b.parent[b.key] = left; }),
  'trees: duplicate an item': trees((tree, random) => { const { parent, key } = pickPlace(tree, random); if (Array.isArray(parent)) parent.push(structuredClone(parent[key])); else parent[`${key}_2`] = structuredClone(parent[key]); }),
  'trees: other quotes': trees(() => {}),
};

function bytes(change) {
  return (text, random) => change(Buffer.from(text), random);
}

function words(change, pattern = /[\w.-]+/gu) {
  return (text, random) => {
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return Buffer.from(text);
    const word = random.pick(found);
    return Buffer.from(text.slice(0, word.index) + change(word[0], random) + text.slice(word.index + word[0].length));
  };
}

function lines(change) {
  return (text, random) => {
    const all = text.split('\n');
    change(all, random);
    return Buffer.from(all.join('\n'));
  };
}

/** The document as a value, changed once or more, written again in a style chosen by chance. */
function trees(change) {
  return (text, random, corpus) => {
    const tree = parse(text);
    for (let times = random.below(3); times >= 0; times--) change(tree, random, corpus);
    const style = random.pick(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED']);
    const document = new Document(tree, { aliasDuplicateObjects: random.chance(0.3) });
    return Buffer.from(stringify(document, { defaultStringType: style, defaultKeyType: 'PLAIN', indent: random.pick([2, 4]), lineWidth: random.pick([0, 40, 80]), collectionStyle: random.pick(['any', 'block', 'any', 'flow']) }));
  };
}

function pickPlace(tree, random) {
  let [parent, key] = [{ root: tree }, 'root'];
  for (let depth = random.below(8); depth > 0 || parent.root !== undefined; depth--) {
    const value = parent[key];
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) break;
    parent = value;
    key = Array.isArray(value) ? random.below(value.length) : random.pick(Object.keys(value));
  }
  return { parent, key };
}

function randomValue(random) {
  return random.pick([
    () => random.pick(hostile), () => random.below(100) - 10, () => random.chance(0.5), () => null, () => [], () => ({}), () => [random.pick(hostile)], () => ({ [random.pick(['id', 'run', 'x', 'path'])]: random.pick(hostile) }), () => `{{ ${random.pick(['inputs', 'steps', 'env', 'x', 'run.id', "hash('a')", '1 == 1'])}.${random.pick(['a', 'outputs', 'b.c'])} }}`, () => random.pick(['10m', '5', '80%', '2M', '0 9 * * 1-5']),
  ])();
}

function misspell(word, random) {
  const at = random.below(word.length);
  return random.pick([() => word.slice(0, at) + word.slice(at + 1), () => word.slice(0, at) + word[at] + word.slice(at), () => word.slice(0, at) + 'x' + word.slice(at + 1), () => word.toUpperCase()])();
}

/** The file of this number: the same seed and corpus make it again alone. */
export function makeFile(seed, index, corpus) {
  const random = createRandom(seedOf(seed, index));
  const classes = Object.keys(mutations);
  const name = classes[index % classes.length];
  const data = mutations[name](random.pick(corpus), random, corpus);
  if (!random.chance(0.2)) return { name, data };
  // Now and then a second change on top, where the first left text that can be read as such.
  try {
    return { name, data: mutations[random.pick(classes)](data.toString('utf8') || ' ', random, corpus) };
  } catch {
    return { name, data };
  }
}
