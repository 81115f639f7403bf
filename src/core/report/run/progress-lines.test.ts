import fc from 'fast-check';
import { makeFailure } from '../../../../test/fakes/run-summary.js';
import type { LogEnd, LogSource, LogWriter } from './progress-lines.js';
import { createLogWriter } from './progress-lines.js';

const source = (number: string, id: string, part: Partial<LogSource> = {}): LogSource => ({ id, number, cell: null, background: false, ...part });
const end = (part: Partial<LogEnd> = {}): LogEnd => ({ status: 'succeeded', durationMs: 1_200, cached: false, attempts: 1, because: null, failure: null, cells: null, ...part });
const [build, lint, server] = [source('1.1', 'build'), source('1.2', 'lint'), source('1.3', 'server', { background: true })];

test('without groups every line says whose it is, as it comes', () => {
  const log = createLogWriter({ github: false, prefixWidth: 5 });
  const text = [log.started(build), log.started(lint), log.line(build, 'a'), log.line(lint, 'b'), log.line(build, ''), log.ended(lint, end({ status: 'failed', failure: makeFailure({ message: 'exit code 1' }), attempts: 2 })), log.ended(build, end()), log.close()].join('');
  expect(text).toBe(`▶ 1.1 build started
▶ 1.2 lint started
build │ a
lint  │ b
build │
✖ 1.2 lint failed in 1.2 s (2 attempts): exit code 1 (TG3102)
✔ 1.1 build succeeded in 1.2 s
`);
});

test('a step alone streams into its group; how it ended stands outside', () => {
  const log = createLogWriter({ github: true });
  expect(log.started(build)).toBe('');
  expect(log.line(build, 'a')).toBe('::group::1.1 build\nbuild │ a\n');
  expect(log.line(build, 'b')).toBe('build │ b\n');
  expect(log.ended(build, end({ cached: true }))).toBe('::endgroup::\n✔ 1.1 build succeeded in 1.2 s (cached)\n');
});

test('side by side one streams, and whoever ends is shown whole at once', () => {
  const log = createLogWriter({ github: true });
  const text = [
    log.started(build),
    log.started(lint),
    log.line(build, 'a1'),
    log.line(lint, 'b1'),
    log.line(lint, 'b2'),
    log.ended(lint, end({ status: 'failed', failure: makeFailure({ message: 'exit code 1' }) })),
    log.line(build, 'a2'),
    log.ended(build, end()),
  ].join('');
  expect(text).toBe(`::group::1.1 build
build │ a1
::endgroup::
::group::1.2 lint
lint │ b1
lint │ b2
::endgroup::
✖ 1.2 lint failed in 1.2 s: exit code 1 (TG3102)
::group::1.1 build (goes on)
build │ a2
::endgroup::
✔ 1.1 build succeeded in 1.2 s
`);
});

test('when the one that streams has ended, the next streams, what it held first', () => {
  const log = createLogWriter({ github: true });
  log.started(build);
  log.started(lint);
  log.line(lint, 'b1');
  expect(log.ended(build, end())).toBe('✔ 1.1 build succeeded in 1.2 s\n::group::1.2 lint\nlint │ b1\n');
  expect(log.line(lint, 'b2')).toBe('lint │ b2\n');
});

test('a background step keeps nobody from being seen, and is shown when it ends', () => {
  const log = createLogWriter({ github: true });
  log.started(server);
  expect(log.line(server, 'listening')).toBe('');
  log.started(build);
  expect(log.line(build, 'a')).toBe('::group::1.1 build\nbuild │ a\n');
  log.ended(build, end());
  expect(log.ended(server, end())).toBe('::group::1.3 server\nserver │ listening\n::endgroup::\n✔ 1.3 server succeeded in 1.2 s\n');
});

test('a step that said nothing, or never started, has no group', () => {
  const log = createLogWriter({ github: true });
  log.started(build);
  expect(log.ended(build, end())).toBe('✔ 1.1 build succeeded in 1.2 s\n');
  expect(log.ended(lint, end({ status: 'skipped', because: 'build did\nnot succeed' }))).toBe('– 1.2 lint skipped: build did not succeed\n');
});

test('what is held when the run stops is shown', () => {
  const log = createLogWriter({ github: true });
  log.started(build);
  log.line(build, 'a');
  log.line(source('1.4', 'unit', { cell: 'node=20' }), 'c');
  expect(log.close()).toBe('::endgroup::\n::group::1.4 unit[node=20]\nunit[node=20] │ c\n::endgroup::\n');
  expect(log.close()).toBe('');
});

test('of a step that waits the first and the last lines are held, and the count of those between', () => {
  const log = createLogWriter({ github: true });
  log.started(build);
  log.started(lint);
  for (let index = 0; index < 20_000; index++) log.line(lint, `${index} ${'x'.repeat(93)}`);
  const text = log.ended(lint, end());
  expect(text.length).toBeLessThan(600_000);
  const [, dropped] = /^… (\d+) lines are left out here; the step's log file has them all$/mu.exec(text) ?? [];
  expect(text.match(/^lint │/gmu)?.length).toBe(20_000 - Number(dropped));
  expect(text).toContain('lint │ 0 x');
  expect(text).toContain('lint │ 19999 x');
});

test.each([
  ['a command', '::set-output name=a::b', 'build │ ::set-output name=a::b\n'],
  ['one behind a carriage return', 'x\r::error::y', 'build │ ::error::y\n'],
  ['an older one, anywhere', 'so ##[error]x and ##vso[task.x]y and ##[ and ##', 'build │ so # #[error]x and # #vso[task.x]y and # #[ and ##\n'],
  ['colours and cursors', '\u001b[31mred\u001b[0m\u001b[2K', 'build │ red\n'],
  ['a line end inside', 'a\n::error::b', String.raw`build │ a\n::error::b` + '\n'],
])('%s of a program is text', (_name, text, expected) => {
  expect(createLogWriter({ github: false }).line(build, text)).toBe(expected);
});

type Act = { readonly kind: 'started' | 'line' | 'ended'; readonly step: number; readonly text: string };
const acts = fc.array(fc.record<Act>({ kind: fc.constantFrom('started', 'line', 'line', 'line', 'ended'), step: fc.nat(4), text: fc.string({ unit: fc.constantFrom('::', '##[', '\r', '\n', 'group', ' ', 'a', '\u001b[', '\u2028') }) }), { maxLength: 60 });

test('whatever happens in whatever order: groups never overlap, each holds the lines of one step, nothing is lost', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const log = createLogWriter({ github: true });
      const text = `${all.map((act) => play(log, act)).join('')}${log.close()}`;
      let inside: string | undefined;
      for (const line of text.split('\n').slice(0, -1)) {
        const group = /^::group::\d+ (s\d)(?: \(goes on\))?$/u.exec(line)?.[1];
        if (group !== undefined) {
          expect(inside).toBeUndefined();
          inside = group;
        } else if (line === '::endgroup::') {
          expect(inside).toBeDefined();
          inside = undefined;
        } else if (inside === undefined) expect(line).toMatch(/^✔ /u);
        else expect(line.startsWith(`${inside} │`)).toBe(true);
        expect(line).not.toMatch(/##\[|\r/u);
      }
      expect(inside).toBeUndefined();
      expect(text.match(/^s\d │/gmu)?.length ?? 0).toBe(all.filter(({ kind }) => kind === 'line').length);
    }),
  );
});

function play(log: LogWriter, { kind, step, text }: Act): string {
  const whose = source(String(step), `s${step}`, { background: step === 4 });
  return kind === 'started' ? log.started(whose) : kind === 'line' ? log.line(whose, text) : log.ended(whose, end());
}
