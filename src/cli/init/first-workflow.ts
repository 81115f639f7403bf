/** A step of the first workflow: cached where it only looks at files. */
export interface DraftStep {
  readonly id: string;
  readonly command: string;
  readonly checks: boolean;
}

/** What one kind of project brings: how it is prepared, what is checked, and what proves that it holds. */
export interface Draft {
  /** `Node (npm)`. */
  readonly title: string;
  readonly prefix: string;
  readonly tool: string;
  readonly prepare: readonly DraftStep[];
  readonly check: readonly DraftStep[];
  readonly proof: { readonly id: string; readonly run: string } | undefined;
}

/** How the file begins: what it is and the commands that use it. */
export interface Heading {
  readonly name: string;
  readonly calledAs: string;
}

/** The drafts of a folder as the text of one workflow; none of them gives a greeting to start from. */
export function writeFirstWorkflow(drafts: readonly Draft[], heading: Heading): string {
  const lines = drafts.length === 0 ? greeting(heading) : describe(giveSteps(nameApart(drafts)), heading);
  return `${lines.join('\n')}\n`;
}

/** With several kinds of project in one folder ids carry the kind: `node_test`. */
function nameApart(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length < 2) return drafts;
  return drafts.map((draft) => {
    const rename = <T extends { readonly id: string }>(each: T): T => ({ ...each, id: `${draft.prefix}_${each.id.replaceAll('-', '_')}` });
    return { ...draft, prepare: draft.prepare.map(rename), check: draft.check.map(rename), proof: draft.proof === undefined ? undefined : rename(draft.proof) };
  });
}

/** A phase has steps: where nothing but a proof was found, that is the step. */
function giveSteps(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.some(({ prepare, check }) => prepare.length + check.length > 0)) return drafts;
  return drafts.map(({ proof, ...draft }) => ({ ...draft, check: proof === undefined ? [] : [{ id: proof.id, command: proof.run, checks: false }], proof: undefined }));
}

function describe(drafts: readonly Draft[], heading: Heading): readonly string[] {
  const prepare = drafts.flatMap((draft) => draft.prepare);
  const check = drafts.flatMap((draft) => draft.check);
  const gate = [note('    gate:', 'GO only when every one of these exits 0'), '      criteria:', ...drafts.flatMap(describeProof)];
  const phases =
    prepare.length === 0 || check.length === 0
      ? [...phase(check.length === 0 ? 'prepare' : 'check', [...prepare, ...check], check.length > 0), ...gate]
      : [...phase('prepare', prepare, false), '', ...phase('check', check, true), ...gate];
  return [
    ...introduce(heading, `Prepares and checks this ${joinTitles(drafts)} project.`),
    '',
    'preflight:',
    ...[...new Set(drafts.map(({ tool }) => tool))].map((tool) => `  - tool: ${tool}`),
    '',
    'phases:',
    ...phases,
  ];
}

/** `Node (npm), Python and Go`. */
export function joinTitles(drafts: readonly Draft[]): string {
  const titles = drafts.map(({ title }) => title);
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`;
}

function phase(id: string, steps: readonly DraftStep[], sideBySide: boolean): readonly string[] {
  const firstCheck = steps.find(({ checks }) => checks);
  return [
    `  - id: ${id}`,
    '    steps:',
    ...steps.flatMap((step, index) => [
      `      - id: ${step.id}`,
      ...(sideBySide && steps.length > 1 ? [note('        needs: []', index === 0 && 'waits for no other step of its phase')] : []),
      `        command: ${scalar(step.command)}`,
      ...(step.checks ? [note('        inputs: ["**"]', step === firstCheck && 'skipped while no file has changed'), '        cache: true'] : []),
    ]),
  ];
}

/** What a line means is said once. */
function note(line: string, says: string | false): string {
  return says === false ? line : `${line.padEnd(34)}# ${says}`;
}

function describeProof({ proof, check, prepare }: Draft): readonly string[] {
  if (proof !== undefined) return [`        - id: ${proof.id}`, `          run: ${scalar(proof.run)}`];
  const last = check.at(-1) ?? prepare.at(-1);
  return last === undefined ? [] : [`        - id: ${last.id.replaceAll('_', '-')}-succeeded`, `          check: ${last.id}.outcome == 'succeeded'`];
}

function greeting(heading: Heading): readonly string[] {
  return [
    ...introduce(heading, 'A greeting to start from.'),
    '',
    'inputs:',
    '  who: { type: string, default: world, description: Whom to greet }',
    '',
    'phases:',
    '  - id: greet',
    '    steps:',
    '      - id: hello',
    '        command: echo "Hello, {{ inputs.who }}!"',
    note('    gate:', 'the phase is done when this holds'),
    '      criteria:',
    '        - id: greeted',
    '          check: contains(hello.stdout, inputs.who)',
  ];
}

function introduce({ name, calledAs }: Heading, description: string): readonly string[] {
  return [`# What would run:  ${calledAs} plan ${name}`, `# Check this file: ${calledAs} validate ${name}`, `name: ${name}`, `description: ${description}`];
}

/** Plain where YAML reads it back as it is. */
function scalar(text: string): string {
  return /^[A-Za-z./](?:[^#:{}[\]"'`\\]|:(?=\S))*$/u.test(text) ? text : JSON.stringify(text);
}
