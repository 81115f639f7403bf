// One small job for each call of GitHub's services that a job makes, and what has to come of it whatever that call meets.

/** Of more than 256 KiB: it travels in an entry of its own. */
const large = 'head -c 400000 /dev/zero';

const plain = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: small, command: "echo small >> ../ran; cat a.txt > out/small.txt", inputs: [a.txt], outputs: { file: out/small.txt }, cache: true }
      - { id: big, command: "echo big >> ../ran; ${large} > out/big.bin; cat a.txt >> out/big.bin", inputs: [a.txt], outputs: { file: out/big.bin }, cache: true }
  - id: use
    steps:
      - { id: fresh, command: "echo fresh >> ../ran; cat b.txt > out/fresh.txt; ${large} >> out/fresh.txt", inputs: [b.txt], outputs: { file: out/fresh.txt }, cache: true }
      - { id: look, command: "echo look >> ../ran; grep -q '^a$' out/small.txt && tail -c 2 out/big.bin | grep -q a && grep -q b out/fresh.txt && echo fits >> ../ran" }
`;

const release = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: build, command: "echo build >> ../ran; cat a.txt > out/built.txt", inputs: [a.txt], outputs: { file: out/built.txt }, cache: true }
      - { id: publish, command: "echo publish >> ../ran; echo id=7", needs: [build], effects: once, outputs: { id: { regex: "id=(.)" } } }
      - { id: check, command: "echo check >> ../ran; test -f pass.txt && cat out/built.txt", needs: [publish] }
  - id: tell
    steps:
      - { id: say, command: "echo say >> ../ran; test {{ steps.publish.outputs.id }} = 7" }
`;

const parts = `name: ci
defaults: { shell: sh }
phases:
  - id: build
    steps:
      - { id: compile, command: "echo compile >> ../ran; cat a.txt > out/app.txt", inputs: [a.txt], outputs: { file: out/app.txt }, cache: true }
  - id: test
    steps:
      - { id: check, command: "echo check >> ../ran; grep a a.txt" }
`;

const pull = { number: 7 };
/** A workflow that runs after another has tested a pull request. */
const event = { workflow_run: { pull_requests: [{ number: 7 }] } };
const went = { exit: 0, status: 'succeeded', verdict: 'go' };
const failed = { exit: 1, status: 'failed', verdict: 'no-go' };
const partly = { exit: 0, status: 'succeeded', verdict: '' };
const write = (workflow) => ({ 'ci.yml': workflow, 'a.txt': 'a\n', 'b.txt': 'b\n', 'out/.keep': '' });
const isState = ({ key, name }) => (key ?? name).startsWith('tollgate-state');

/**
 * `before`: jobs without faults; `job`: the one that meets them. `must`: steps that are executed once; `may`: once or never,
 * for a call that fails may cost a result. `after`: the job that comes next, without faults.
 * `refusal`: a job that cannot know what was done may say so instead.
 */
export const scenes = {
  warm: {
    files: write(plain), before: async (play) => { await play({ runId: 1 }, { files: { 'b.txt': 'before b\n' } }); },
    job: { runId: 2 }, expected: went, must: ['fresh', 'look', 'fits'], may: ['small', 'big'],
    after: { job: { runId: 3 }, expected: went, must: ['look', 'fits'], may: ['small', 'big', 'fresh'] },
  },
  failing: {
    files: write(release), before: async () => undefined,
    job: { runId: 1 }, expected: failed, must: ['build', 'publish', 'check'], may: [],
    after: { job: { runId: 1, attempt: 2 }, files: { 'pass.txt': '' }, expected: went, must: ['check', 'say'], may: ['build'] },
  },
  again: {
    files: write(release),
    before: async (play, github) => {
      await play({ runId: 1 });
      github.evict(isState);
    },
    job: { runId: 1, attempt: 2 }, more: { 'pass.txt': '' }, expected: went, must: ['check', 'say'], may: ['build'],
    refusal: { exit: 2, says: /publish must happen once, and may have happened/u },
  },
  part: {
    files: write(parts),
    before: async (play, github) => {
      const seal = github.fault({ call: 'cache.create', fault: 'error-503', where: isState });
      await play({ runId: 1, job: 'build' }, { inputs: { phases: 'build' } });
      seal.end();
    },
    job: { runId: 1, job: 'test' }, inputs: { phases: 'test' }, expected: partly, must: ['check'], may: [],
  },
  pull: {
    files: write(release), more: { 'pass.txt': '' }, before: async () => undefined,
    job: { runId: 1, event: 'workflow_run' }, pull, event, inputs: { comment: 'on', check: 'on' }, expected: went, must: ['build', 'publish', 'check', 'say'], may: [],
  },
  'pull again': {
    files: write(release), more: { 'pass.txt': '' }, before: async (play) => { await play({ runId: 1, event: 'workflow_run' }, { inputs: { comment: 'on' }, files: { 'pass.txt': '' }, event }); },
    job: { runId: 2, event: 'workflow_run' }, pull, event, inputs: { comment: 'on' }, expected: went, must: ['publish', 'check', 'say'], may: ['build'],
  },
};

/** Where each call is made; the first is the one for the short form. */
export const calls = {
  'cache.lookup': ['warm', 'again'],
  'cache.download': ['warm'],
  'cache.create': ['warm', 'failing'],
  'cache.upload': ['warm', 'failing'],
  'cache.finalize': ['failing', 'warm'],
  'artifact.create': ['failing'],
  'artifact.upload-block': ['failing'],
  'artifact.upload-block-list': ['failing'],
  'artifact.finalize': ['failing'],
  'artifact.list': ['again'],
  'artifact.sign': ['again'],
  'artifact.download': ['again'],
  'rest.list-caches': ['part'],
  'rest.list-run-artifacts': ['part'],
  'rest.download-artifact': ['part'],
  'rest.get-pull': ['pull'],
  'rest.list-comments': ['pull'],
  'rest.create-comment': ['pull'],
  'rest.create-check-run': ['pull'],
  'rest.update-comment': ['pull again'],
};
