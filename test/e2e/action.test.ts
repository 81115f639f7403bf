import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningAction } from './action.js';
import { findLiving, runAction, startAction } from './action.js';

describe('the built action', () => {
  let scratch: string;
  let workspace: string;

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'tollgate-action-'));
    workspace = join(scratch, 'work');
    mkdirSync(workspace);
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  function write(text: string): string {
    writeFileSync(join(workspace, 'flow.yml'), `name: flow\nversion: "1.0"\ndefaults: { shell: sh }\n${text.trimStart()}`);
    return 'flow.yml';
  }

  const simple = `
inputs:
  word: { type: string, default: one }
  many: { type: number, default: 1, min: 1 }
outputs:
  said: { value: "{{ steps.say.outputs.word }}" }
phases:
  - id: first
    steps:
      - { id: say, command: "echo {{ inputs.word }}", outputs: { word: { regex: "[a-z]+" } } }
`;

  describe('a run that succeeds', () => {
    test('sets every output, groups its steps and writes the page of the job', async () => {
      const end = await runAction({ workspace, inputs: { workflow: write(simple), inputs: '{ "word": "two" }' } });
      expect(end.exitCode).toBe(0);
      expect(end.outputs).toMatchObject({ status: 'succeeded', verdict: 'go', outputs: '{"said":"two"}', gates: '[]', 'cost-usd': '0', tokens: '0', 'cache-hits': '0', 'cache-misses': '0', 'failed-step': '', 'next-command': '', matrix: '[]' });
      expect(end.outputs['run-id']).toMatch(/^\d{8}-/u);
      expect(end.commands.map(({ name }) => name)).toEqual(['group', 'endgroup']);
      expect(end.summary).toMatch(/^## ✅ GO — flow succeeded/u);
      expect(end.state['done']).toBe('true');
    });
    test('leaves nothing to do for post', async () => {
      const { state } = await runAction({ workspace, inputs: { workflow: write(simple) } });
      const post = await startAction('post', { workspace, inputs: { workflow: 'flow.yml' } }, state).ended;
      expect(post).toMatchObject({ exitCode: 0, output: '', summary: '' });
    });
    test('a part of it is run by the inputs of the step', async () => {
      write(`
phases:
  - id: a
    steps: [{ id: one, command: echo one > one }, { id: two, command: echo two > two }]
`);
      const end = await runAction({ workspace, inputs: { workflow: 'flow.yml', skip: 'two', summary: 'off' } });
      expect(end.exitCode).toBe(0);
      expect([existsSync(join(workspace, 'one')), existsSync(join(workspace, 'two')), end.summary]).toEqual([true, false, '']);
    });
  });

  describe('a run that fails', () => {
    test('says so at the line, begins its page with the card and names the way on', async () => {
      const end = await runAction({ workspace, inputs: { workflow: write(`
phases:
  - id: first
    steps:
      - { id: good, command: "true" }
      - id: bad
        command: echo 'what went wrong' >&2; exit 3
`) } });
      expect(end.exitCode).toBe(1);
      expect(end.outputs).toMatchObject({ status: 'failed', verdict: 'no-go', 'failed-step': 'first.bad', 'next-command': 'npx tollgate run flow.yml' });
      const errors = end.commands.filter(({ name }) => name === 'error');
      expect(errors).toHaveLength(1);
      expect(errors[0]?.properties).toMatchObject({ file: 'flow.yml', line: '9', title: 'first/bad (TG3101)' });
      expect(end.summary).toMatch(/^> \[!CAUTION\]/u);
      expect(end.summary).toContain('what went wrong');
    });
  });

  describe('what cannot run', () => {
    test('a workflow with problems: each at its line, and nothing was run', async () => {
      const end = await runAction({ workspace, inputs: { workflow: write('phases:\n  - id: first\n    steps:\n      - { id: one, comand: "true" }\n      - { id: one, command: "{{ inputs.nobody }}" }\n') } });
      expect(end.exitCode).toBe(2);
      const errors = end.commands.filter(({ name }) => name === 'error');
      expect(errors.map(({ properties }) => [properties['file'], properties['line']])).toEqual(expect.arrayContaining([['flow.yml', '7'], ['flow.yml', '8']]));
      expect(end.outputs).toMatchObject({ status: 'failed', 'run-id': '' });
      expect(end.summary).toMatch(/^### ⛔ Nothing was run/u);
      expect(existsSync(join(workspace, '.tollgate'))).toBe(false);
    });
    test("a value that the workflow's input does not take", async () => {
      const end = await runAction({ workspace, inputs: { workflow: write(simple), inputs: 'many: 0\nwrod: x\n' } });
      expect(end.exitCode).toBe(2);
      expect(end.commands.filter(({ name }) => name === 'error').map(({ data }) => data).join('\n')).toMatch(/many[\s\S]*wrod|wrod[\s\S]*many/u);
    });
    test('inputs of the step, all at once and by name; what is not built is never passed over', async () => {
      const end = await runAction({ workspace, inputs: { workflow: write(simple), cache: 'maybe', resume: 'soon', preflight: 'maybe', 'max-parallel': '0', 'encryption-key': 'hunter2hunter2' } });
      expect(end.exitCode).toBe(2);
      const titles = end.commands.filter(({ name }) => name === 'error').map(({ properties }) => properties['title']);
      expect(titles.sort()).toEqual(['input cache', 'input encryption-key', 'input max-parallel', 'input preflight', 'input resume']);
      expect(`${end.output}${end.summary}`).not.toContain('hunter2');
    });
    test.each([['nothing', '', 'name the workflow'], ['a name that nobody has', 'flwo', "there is no workflow 'flwo'"]])('%s for a workflow', async (_, workflow, message) => {
      const end = await runAction({ workspace, inputs: { workflow } });
      expect(end.exitCode).toBe(2);
      expect(end.commands.find(({ name }) => name === 'error')?.data).toContain(message);
    });
    test('a pre-flight check that does not hold, at its line', async () => {
      const end = await runAction({ workspace, inputs: { workflow: write('preflight:\n  - { file: no-such-file, hint: Write it }\nphases:\n  - id: a\n    steps: [{ id: one, command: echo one > one }]\n') } });
      expect(end.exitCode).toBe(1);
      expect(end.commands.find(({ name }) => name === 'error')?.properties).toMatchObject({ file: 'flow.yml', line: '5' });
      expect(existsSync(join(workspace, 'one'))).toBe(false);
    });
  });

  const stubborn = (word: string): string => `
phases:
  - id: first
    steps:
      - id: build
        command: |
          trap '' INT TERM
          setsid sh -c 'trap "" INT TERM; while :; do sleep 300; done # ${word}' &
          echo begun
          while :; do sleep 300; done # ${word}
      - { id: later, command: "echo later > later" }
finally:
  - id: tidy
    command: echo {{ steps.build.outcome }} > tidied
`;

  /** A run that ends without having begun would be waited for in vain. */
  async function begun(going: RunningAction): Promise<void> {
    const early = going.ended.then(({ output }) => {
      throw new Error(`it ended before its step began:\n${output}`);
    });
    early.catch(() => undefined);
    await Promise.race([going.says('begun'), early]);
  }

  describe('a cancel', () => {
    test('ends everything in time, and post runs finally', async () => {
      const word = `cancelled-${process.pid}`;
      const call = { workspace, inputs: { workflow: write(stubborn(word)) } };
      const going = startAction('main', call);
      await begun(going);
      going.cancel();
      const main = await going.ended;
      expect(main.ms).toBeLessThan(6_000);
      expect(main.exitCode).toBe(130);
      expect(main.outputs).toMatchObject({ status: 'cancelled', verdict: 'no-go' });
      expect(findLiving(word)).toEqual([]);
      expect(existsSync(join(workspace, 'tidied'))).toBe(false);
      const post = await startAction('post', call, main.state).ended;
      expect(post.exitCode).toBe(0);
      expect(readFileSync(join(workspace, 'tidied'), 'utf8')).toBe('cancelled\n');
      expect(existsSync(join(workspace, 'later'))).toBe(false);
      expect(post.summary).toContain('flow was cancelled');
      expect(JSON.parse(readFileSync(join(workspace, '.tollgate', 'runs', main.outputs['run-id'] ?? '', 'run.json'), 'utf8'))).toMatchObject({ status: 'cancelled' });
      const again = await startAction('post', call, main.state).ended;
      expect(again.output).toBe('');
    }, 30_000);
    test('a process that was killed without a word is followed by finally too', async () => {
      const word = `killed-${process.pid}`;
      const call = { workspace, inputs: { workflow: write(stubborn(word)) } };
      const going = startAction('main', call);
      await begun(going);
      process.kill(going.pid ?? 0, 'SIGKILL');
      const main = await going.ended;
      expect(findLiving(word)).not.toEqual([]);
      const post = await startAction('post', call, main.state).ended;
      expect(findLiving(word)).toEqual([]);
      expect(post.exitCode).toBe(0);
      expect(readFileSync(join(workspace, 'tidied'), 'utf8')).toBe('cancelled\n');
    }, 30_000);
    test('while pre-flight looks: nothing is left, nothing was run, and post has nothing to do', async () => {
      const word = `preflight-${process.pid}`;
      const call = { workspace, inputs: { workflow: write(`preflight:\n  - run: "echo begun > begun; sleep 300 # ${word}"\nphases:\n  - id: a\n    steps: [{ id: one, command: echo one > one }]\n`) } };
      const seen = watch(workspace);
      const going = startAction('main', call);
      for await (const { filename } of seen) if (filename === 'begun') break;
      going.cancel();
      const main = await going.ended;
      expect(main.ms).toBeLessThan(6_000);
      expect(main).toMatchObject({ exitCode: 130, outputs: { status: 'cancelled', 'run-id': '' } });
      expect([findLiving(word), existsSync(join(workspace, 'one'))]).toEqual([[], false]);
      expect((await startAction('post', call, main.state).ended).output).toBe('');
    }, 30_000);
    test('ends servers, and what steps left behind', async () => {
      const word = `server-${process.pid}`;
      const call = { workspace, inputs: { workflow: write(`
phases:
  - id: a
    steps:
      - id: serve
        command: |
          echo ready
          sh -c 'while :; do sleep 300; done # ${word}'
        background: { ready: { log: ready } }
      - id: leave
        command: |
          sh -c 'trap "" INT TERM; while :; do sleep 300; done # ${word}' > /dev/null 2>&1 &
      - { id: build, command: "echo begun; sleep 300" }
finally:
  - { id: tidy, command: "echo tidied > tidied" }
`) } };
      const going = startAction('main', call);
      await begun(going);
      expect(findLiving(word).length).toBeGreaterThanOrEqual(2);
      going.cancel();
      const main = await going.ended;
      expect(main.ms).toBeLessThan(6_000);
      expect(findLiving(word)).toEqual([]);
      await startAction('post', call, main.state).ended;
      expect(existsSync(join(workspace, 'tidied'))).toBe(true);
    }, 30_000);
    test('a run whose folder is gone by the end of the job is not passed over', async () => {
      const call = { workspace, inputs: { workflow: write(stubborn(`gone-${process.pid}`)) } };
      const going = startAction('main', call);
      await begun(going);
      going.cancel();
      const { state } = await going.ended;
      rmSync(join(workspace, '.tollgate'), { recursive: true });
      const post = await startAction('post', call, state).ended;
      expect(post).toMatchObject({ exitCode: 1, commands: [{ name: 'error', properties: { title: 'finally did not run' } }] });
    }, 30_000);
    test('in finally: what was cut off begins anew in post', async () => {
      const call = { workspace, inputs: { workflow: write('phases:\n  - id: a\n    steps: [{ id: one, command: "true" }]\nfinally:\n  - id: tidy\n    command: if test -e again; then echo done > tidied; else touch again; echo begun; sleep 300; fi\n') } };
      const going = startAction('main', call);
      await begun(going);
      going.cancel();
      const main = await going.ended;
      expect(main.ms).toBeLessThan(6_000);
      await startAction('post', call, main.state).ended;
      expect(readFileSync(join(workspace, 'tidied'), 'utf8')).toBe('done\n');
    }, 30_000);
  });

  const hostile = [
    '::error file=x,line=1::HOSTILE', '   ::warning::HOSTILE', '\t::notice::HOSTILE', '::set-output name=a::HOSTILE', '::save-state name=a::HOSTILE', '::add-mask::HOSTILE', '::set-env name=PATH::HOSTILE',
    '::add-path::HOSTILE', '::stop-commands::HOSTILE', '::HOSTILE::', '::group::HOSTILE', '::endgroup::', '::debug::HOSTILE', '::echo::on', '::add-matcher::HOSTILE', '##[error]HOSTILE', 'text ##[set-env name=PATH;]HOSTILE',
    '##[group]HOSTILE', '##vso[task.setvariable variable=a]HOSTILE', 'x ##VSO[task.logissue type=error]HOSTILE', 'progress\r::error::HOSTILE', '\u00a0::error::HOSTILE', '\u2028::error::HOSTILE', '\u0085::error::HOSTILE',
    '\u001b[31m::error::HOSTILE', '\u001b[0m##[error]HOSTILE', '::\u001b[1merror::HOSTILE', '\ufeff::error::HOSTILE', '::ERROR::HOSTILE', '::error title=%0A::HOSTILE%0A::error::HOSTILE',
  ];

  test('nothing that a step prints is ever a command', async () => {
    writeFileSync(join(workspace, 'lines.txt'), `${hostile.join('\n')}\n`);
    const end = await runAction({ workspace, inputs: { workflow: write('phases:\n  - id: a\n    steps:\n      - { id: one, command: "cat lines.txt; cat lines.txt >&2; printf ::error::HOSTILE; exit 1" }\n') } });
    expect(end.output).toContain('HOSTILE');
    const ours = new Set(['group', 'endgroup', 'error']);
    expect(end.commands.filter(({ name }) => !ours.has(name))).toEqual([]);
    const errors = end.commands.filter(({ name }) => name === 'error');
    expect(errors.map(({ properties }) => properties['title'])).toEqual(['a/one (TG3101)']);
    expect(end.commands.filter(({ name }) => name === 'group').map(({ data }) => data)).toEqual(['1.1 one']);
    expect(end.commands.filter(({ name }) => name === 'endgroup')).toHaveLength(1);
  });

  describe('secrets', () => {
    const key = 'FirstLineOfTheKey11\nSecondLineOfTheKey22';
    test('are masked line by line, and an output that holds one is named', async () => {
      write(`
secrets: [KEY, PIN]
outputs:
  leak: { value: "{{ steps.say.outputs.all }}" }
  pin: { value: "{{ steps.say.outputs.pin }}" }
phases:
  - id: a
    steps:
      - id: say
        secrets: [KEY, PIN]
        command: echo "$KEY"; echo all=FirstLineOfTheKey11; echo pin=x$PIN
        outputs: { all: { regex: "all=.*" }, pin: { regex: "pin=.*" } }
`);
      const end = await runAction({ workspace, inputs: { workflow: 'flow.yml' }, env: { KEY: key, PIN: '77' } });
      expect(end.output).toContain('GO  flow');
      const masks = end.commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data);
      expect(masks).toEqual(expect.arrayContaining(['FirstLineOfTheKey11', 'SecondLineOfTheKey22', Buffer.from(key).toString('base64')]));
      const shown = end.output.split('\n').filter((line) => !line.startsWith('::add-mask::')).join('\n');
      expect(`${shown}${end.summary}${JSON.stringify(end.outputs)}`).not.toMatch(/LineOfTheKey/u);
      expect(end.outputs['outputs']).toContain('***');
      const warnings = end.commands.filter(({ name }) => name === 'warning').map(({ data }) => data).join('\n');
      expect(warnings).toContain("output 'outputs' holds a secret");
      expect(warnings).toContain('PIN');
    });
  });

  test('the page of the job stays below what GitHub takes', async () => {
    write('phases:\n  - id: a\n    steps:\n      - { id: one, command: "head -c 3000000 /dev/zero | tr \'\\\\0\' x | fold -w 100 > $TOLLGATE_SUMMARY" }\n');
    const end = await runAction({ workspace, inputs: { workflow: 'flow.yml' } });
    expect(end.exitCode).toBe(0);
    expect(Buffer.byteLength(end.summary)).toBeLessThanOrEqual(1_048_574);
    expect(end.summary).toContain('## ✅ GO');
  });
});
