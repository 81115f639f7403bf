// The tour of typical mistakes: each file of test/tour/ is read, its messages are shown, and what they
// propose is applied until nothing is left to say. Both docs/errors-tour.md and test/tour/ are made of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../stage-sources.mjs';

const folder = join(root, 'test', 'tour');

/** `load` gives a module of the sources by its path. */
async function walkTour(load) {
  const { parseWorkflow } = await load('core/definition/parse-workflow.js');
  const { planWorkflow } = await load('core/plan/plan-workflow.js');
  const { createSourceText } = await load('core/diagnostic/source-text.js');
  const { renderDiagnostics } = await load('core/report/diagnostics-text.js');
  const { createPaint } = await load('core/report/paint.js');
  const { stepTypes } = await load('steps/index.js');

  const read = (text) => {
    const source = createSourceText('workflow.yml', text);
    const { parsed, diagnostics } = parseWorkflow(source, stepTypes);
    const planning = parsed === undefined ? undefined : planWorkflow(parsed, source, ({ text: when }) => ({ text: when, holds: 'unknown', because: '' }));
    const errors = [...diagnostics, ...(planning?.diagnostics ?? [])].filter(({ severity }) => severity === 'error');
    return { source, errors };
  };

  return readdirSync(folder).filter((name) => name.endsWith('.yml')).sort().map((name) => {
    const [, title = name, broken = ''] = /^# (.*)\n([^]*)$/u.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    const first = read(broken);
    const message = renderDiagnostics([{ source: first.source, diagnostics: first.errors }], { paint: createPaint(false), columns: 100, calledAs: 'tollgate', verbose: false });
    let text = broken;
    const fixes = [];
    for (let { errors } = first; errors.length > 0; errors = read(text).errors) {
      const fix = errors.find((error) => error.fix !== undefined)?.fix;
      if (fix === undefined || fixes.length > 9) break;
      fixes.push(fix.title);
      text = applyEdits(text, fix.edits);
    }
    return { name, title, broken, message, fixes, mended: text, left: read(text).errors.length };
  });
}

function applyEdits(text, edits) {
  return [...edits].sort((a, b) => b.span[0] - a.span[0]).reduce((all, { span, text: written }) => all.slice(0, span[0]) + written + all.slice(span[1]), text);
}

export async function writeErrorsTour(load) {
  const stops = await walkTour(load);
  const stuck = stops.filter(({ left }) => left > 0).map(({ name }) => name);
  if (stuck.length > 0) throw new Error(`the messages lead nowhere in ${stuck.join(', ')}`);
  return renderTour(stops);
}

function renderTour(stops) {
  const block = (language, text) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  const sections = stops.map(({ title, broken, message, mended }) => [`## ${title}`, block('yaml', broken), '`tollgate validate` says:', block('text', message), 'Following it:', block('yaml', mended)].join('\n\n'));
  return `# A tour of typical mistakes\n\nEach file below is broken in one way. Its message says where, and what to write; following it leads to a file\nthat validates. This page is made by reading these files and applying what the messages propose\n(\`npm run docs\`), and CI checks that every stop still ends well.\n\n${sections.join('\n\n')}\n`;
}
