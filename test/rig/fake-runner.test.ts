import type { RunnerCall } from './fake-runner.mjs';
import { runnerLadder, startAsRunner } from './fake-runner.mjs';

const quick = { termAfterMs: 100, killAfterMs: 100, outputAfterMs: 200 };
const script = (text: string): RunnerCall => ({ file: process.execPath, args: ['-e', text], ladder: quick });
const shell = (text: string): RunnerCall => ({ file: '/bin/sh', args: ['-c', text], ladder: quick });
const ignore = (...signals: readonly string[]): string => `${signals.map((signal) => `process.on('${signal}', () => console.log('${signal}'));`).join('')} setInterval(() => {}, 1000); console.log('ready');`;

test('the ladder is that of the runner: ten seconds in all', () => {
  expect(runnerLadder).toEqual({ termAfterMs: 7500, killAfterMs: 2500, outputAfterMs: 5000 });
});

test.each([
  { ignored: [], signal: 'SIGINT', ms: 0 },
  { ignored: ['SIGINT'], signal: 'SIGTERM', ms: 100 },
  { ignored: ['SIGINT', 'SIGTERM'], signal: 'SIGKILL', ms: 200 },
])('one that ignores $ignored is ended by $signal', async ({ ignored, signal, ms }) => {
  const step = startAsRunner(script(ignore(...ignored)));
  await step.says('ready');
  step.cancel();
  step.cancel();
  const end = await step.ended;
  expect(end).toMatchObject({ exitCode: null, signal, output: ['ready', ...ignored, ''].join('\n'), outputHeld: false });
  expect(end.msFromCancelToExit).toBeGreaterThanOrEqual(ms - 1);
});

test('one that ends by itself', async () => {
  const step = startAsRunner(shell('read line; echo "$? ${RUNNER_TRACKING_ID%%_*}"; exit 7'));
  const end = await step.ended;
  step.cancel();
  expect(end).toEqual({ exitCode: 7, signal: null, output: '1 github\n', outputHeld: false, commands: [], msFromCancelToExit: undefined });
});

test('the signal goes to the first process alone, and its children live', async () => {
  const step = startAsRunner(shell('sleep 300 > /dev/null 2>&1 & echo "child $!"; wait'));
  await step.says('child');
  step.cancel();
  const end = await step.ended;
  const child = Number(/child (\d+)/u.exec(end.output)?.[1]);
  expect(end.signal).toBe('SIGINT');
  expect(process.kill(child, 'SIGKILL')).toBe(true);
});

test('output that is held open is waited for, and no longer', async () => {
  const end = await startAsRunner(shell('sleep 300 & echo "child $!"')).ended;
  expect(end.outputHeld).toBe(true);
  process.kill(Number(/child (\d+)/u.exec(end.output)?.[1]), 'SIGKILL');
});

test('workflow commands are read, and none between stop-commands and its token', async () => {
  const lines = ['::error file=a.yml,line=3,title=a%3Ab::one%0Atwo', 'text', '::stop-commands::word', '::error::not this', '::word::', '::endgroup::'];
  const { commands } = await startAsRunner(script(`process.stdout.write(${JSON.stringify(lines.join('\n'))})`)).ended;
  expect(commands).toEqual([
    { name: 'error', properties: { file: 'a.yml', line: '3', title: 'a:b' }, text: 'one\ntwo' },
    { name: 'stop-commands', properties: {}, text: 'word' },
    { name: 'endgroup', properties: {}, text: '' },
  ]);
});

test('the reader of commands can be another', async () => {
  const { commands } = await startAsRunner({ ...shell('echo a; echo b'), readCommands: (output: string) => output.trim().split('\n') }).ended;
  expect(commands).toEqual(['a', 'b']);
});
