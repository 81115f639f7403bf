// docs/errors.md: a page for every code that a message can carry.
import { anchor, generated, page } from './markdown.mjs';

const groups = [
  ['TG10', 'The text of the file'],
  ['TG11', 'The shape of what is written'],
  ['TG12', 'Names and meaning'],
  ['TG13', 'Given inputs'],
  ['TG20', 'Expressions'],
  ['TG21', 'Values in shell text'],
  ['TG22', 'The plan'],
  ['TG29', 'Parts that this version cannot run'],
  ['TG3', 'What a run reports'],
  ['TG4', 'Lint'],
  ['TG5', 'The call'],
];

export async function writeErrors(load) {
  const { diagnosticTitles } = await load('core/diagnostic/codes.js');
  const { errorPages: pages } = await load('core/diagnostic/error-pages.js');
  const codes = Object.keys(diagnosticTitles).sort();
  const missing = codes.filter((each) => pages[each] === undefined);
  if (missing.length > 0) throw new Error(`codes without a page: ${missing.join(', ')}`);
  const stray = codes.filter((each) => !groups.some(([prefix]) => each.startsWith(prefix)));
  if (stray.length > 0) throw new Error(`codes of no group: ${stray.join(', ')}`);
  return page(
    generated,
    '# What messages mean',
    'Every message carries a code. `tollgate errors <code>` prints the same page, offline.',
    groups.flatMap(([prefix, title]) => {
      const own = codes.filter((each) => each.startsWith(prefix));
      return own.length === 0 ? [] : [`## ${title}`, ...own.flatMap((each) => showPage(each, diagnosticTitles[each], pages[each]))];
    }),
  );
}

function showPage(code, title, { meaning, why, fix, example }) {
  return [
    `${anchor(code.toLowerCase())}\n### ${code}: ${title}`,
    meaning,
    `**Why.** ${why}`,
    `**What to do.** ${fix}`,
    ...(example === undefined ? [] : [`Instead of\n\n${fence(example.wrong)}\n\nwrite\n\n${fence(example.right)}`]),
  ];
}

function fence(text) {
  const ticks = text.includes('```') ? '````' : '```';
  return `${ticks}yaml\n${text.replace(/\n$/u, '')}\n${ticks}`;
}
