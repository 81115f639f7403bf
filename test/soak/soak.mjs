// Run after run of one repository against the same services: each ends right, and nothing grows without end.
// `node test/soak/soak.mjs [--runs 1000] [--seed n] [--bin bin/tollgate.js]`
// By chance a run finds everything as it was, or something changed; fails and is re-run, or is mended by the next commit; or is
// cancelled and re-run. SIGINT ends it after the run that is going on. A quarter of an hour passes between two of them, and GitHub removes what nobody has used for a week.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator/emulator.mjs';
import { createRandom } from '../fuzz/random.mjs';
import { createRepository } from '../github-faults/play-job.mjs';
import { buildBundle } from '../rig/build-bundle.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' }, bin: { type: 'string' } } });
const runs = Number(values.runs);
const seed = Number(values.seed ?? 20261121);
const random = createRandom(seed);
const betweenRunsMs = 15 * 60_000;
/** What one run may leave: two entries for results and state in each attempt, and the claim of an attempt that goes on. */
const mostEntriesOfRun = 8;
const mostGrownMegabytes = 120;
const mostJobKilobytes = 20_000;

const workflow = `name: soak
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; cat a.txt > out/one.txt", inputs: [a.txt], outputs: { file: out/one.txt }, cache: true }
      - { id: two, command: "echo two >> ../ran; cat b.txt out/one.txt > out/two.txt", inputs: [b.txt, out/one.txt], outputs: { file: out/two.txt }, needs: [one], cache: true }
      - { id: publish, command: "echo publish >> ../ran; echo id=7", needs: [two], effects: once, outputs: { id: { regex: "id=(.)" } } }
      - { id: check, command: "echo check >> ../ran; test ! -f hang.txt || sleep 60; test -f pass.txt && cat b.txt a.txt a.txt > want.txt && cat out/two.txt out/one.txt | cmp - want.txt", needs: [publish] }
finally:
  - { id: tidy, command: "echo tidy >> ../ran" }
`;

/** The text of the two files that count, of which some come again. */
const content = { 'a.txt': 'a 0\n', 'b.txt': 'b 0\n' };
const passing = { 'pass.txt': '' };
const hanging = { 'pass.txt': '', 'hang.txt': '' };

/** What happens in a run; each job has to end with this exit code and these steps, once each. Steps with kept results are left out. */
const stories = {
  unchanged: async (run) => { await run.job({ files: passing, exit: 0, must: ['publish', 'check', 'tidy'], may: ['one', 'two'] }); },
  changed: async (run) => {
    const name = random.pick(Object.keys(content));
    content[name] = `${name} ${random.below(200)} ${'x'.repeat(2000)}\n`;
    await run.job({ files: passing, exit: 0, must: ['publish', 'check', 'tidy'], may: ['one', 'two'] });
  },
  'failed, then re-run': async (run) => {
    await run.job({ exit: 1, must: ['publish', 'check', 'tidy'], may: ['one', 'two'] });
    await run.job({ files: passing, exit: 0, must: ['check', 'tidy'], may: [] });
  },
  'failed, then mended': async (run) => {
    await run.job({ exit: 1, must: ['publish', 'check', 'tidy'], may: ['one', 'two'] });
    content['b.txt'] = `b ${random.below(200)} mended\n`;
    const next = run.next();
    await next.job({ files: passing, exit: 0, must: ['publish', 'check', 'tidy'], may: ['one', 'two'] });
    return next;
  },
  'cancelled, then re-run': async (run) => {
    await run.job({ files: hanging, exit: 130, must: ['publish', 'check', 'tidy'], may: ['one', 'two'], cancelAt: 'check' });
    await run.job({ files: passing, exit: 0, must: ['check', 'tidy'], may: [] });
  },
};
const chances = ['unchanged', 'unchanged', 'unchanged', 'changed', 'changed', 'changed', 'failed, then re-run', 'failed, then mended', 'cancelled, then re-run'];

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-soak-'));
const problems = [];
const told = {};
const samples = [];
try {
  const bin = buildBundle(scratch, values.bin);
  const github = await startEmulator({ retentionDays: 7 });
  const { play } = createRepository({ folder: join(scratch, 'jobs'), bin, github, files: { 'ci.yml': workflow, 'out/.keep': '' } });
  console.log(`soak: seed ${seed}, ${runs} runs`);
  const began = performance.now();
  const lastId = () => Math.max(0, ...github.entries().map(({ id }) => id), ...github.reservations().map(({ id }) => id));
  let [runId, jobs] = [0, 0];
  const openRun = () => {
    runId += 1;
    const id = runId;
    let attempt = 0;
    const before = lastId();
    const job = async ({ files = {}, exit, must, may, cancelAt }) => {
      attempt += 1;
      jobs += 1;
      const onStart = cancelAt === undefined ? undefined : ({ cancel, ran }) => {
        const timer = setInterval(() => {
          if (!ran().includes(cancelAt)) return;
          clearInterval(timer);
          cancel();
        }, 20);
        setTimeout(() => clearInterval(timer), 60_000).unref();
      };
      const end = await play({ runId: id, attempt }, { inputs: { 'artifact-retention-days': '7' }, files: { ...content, ...files }, onStart });
      const wrong = [];
      if (end.main.exitCode !== exit) wrong.push(`exit ${end.main.exitCode}, not ${exit}`);
      if (end.post.exitCode !== 0) wrong.push(`post ended with ${end.post.exitCode}`);
      for (const step of must) if (end.counts[step] !== 1) wrong.push(`${step} was executed ${end.counts[step] ?? 0} times`);
      for (const [step, count] of Object.entries(end.counts)) if (count > 1 || (!must.includes(step) && !may.includes(step))) wrong.push(`${step} was executed ${count} times`);
      for (const { name, text } of [...end.main.commands, ...end.post.commands]) if (name === 'warning') wrong.push(`warned: ${text}`);
      const kilobytes = Math.round(sizeOf(end.place) / 1024);
      if (kilobytes > mostJobKilobytes) wrong.push(`the job left ${kilobytes} kB on its disk`);
      samples.push({ run: id, ms: end.mainMs, postMs: end.ms - end.mainMs, kilobytes });
      if (wrong.length > 0) problems.push(`run ${id}, attempt ${attempt}: ${wrong.join('; ')}\n${end.main.output.split('\n').filter((line) => !line.startsWith('::add-mask::')).join('\n')}`);
      await end.remove();
    };
    const close = () => {
      const made = lastId() - before;
      const own = [...github.entries(), ...github.reservations()].filter(({ id: each }) => each > before).length;
      if (own > mostEntriesOfRun * attempt) problems.push(`run ${id} left ${own} entries (${made} ids)`);
      if (github.violations().length > 0) problems.push(`run ${id}: GitHub would not take ${JSON.stringify(github.violations())}`);
      github.clearViolations();
      github.clearRequests();
      github.advance(betweenRunsMs);
      github.evict();
      github.removeArtifacts(({ expiresAt }) => expiresAt < Date.now() + runId * betweenRunsMs);
    };
    return { job, close, next: () => {
      close();
      return openRun();
    } };
  };
  let firstMemory;
  let isOver = false;
  process.once('SIGINT', () => { isOver = true; });
  while (runId < runs && problems.length < 5 && !isOver) {
    const story = random.pick(chances);
    told[story] = (told[story] ?? 0) + 1;
    const run = openRun();
    (await stories[story](run) ?? run).close();
    if (runId >= runs / 10) firstMemory ??= megabytes();
    if (runId % 50 < 2 && runs > 100) console.log(`  ${String(runId).padStart(5)} runs, ${jobs} jobs, ${github.entries().length} entries of ${kb(github.entries())} kB, ${github.artifacts().length} artifacts, emulator ${megabytes()} MB, last job ${(samples.at(-1).ms / 1000).toFixed(1)} s`);
  }
  const grown = megabytes() - (firstMemory ?? 0);
  if (grown > mostGrownMegabytes) problems.push(`the services hold ${grown} MB more than after a tenth of the runs`);
  const quarter = Math.max(5, Math.floor(samples.length / 4));
  const [early, late] = [samples.slice(0, quarter), samples.slice(-quarter)];
  const of = (list, name) => median(list.map((each) => each[name]));
  console.log(`\n  ${runId} runs, ${jobs} jobs: ${Object.entries(told).map(([name, count]) => `${count} ${name}`).join(', ')}`);
  console.log(`  a job, median of the first and of the last quarter: main ${of(early, 'ms').toFixed(0)} → ${of(late, 'ms').toFixed(0)} ms, post ${of(early, 'postMs').toFixed(0)} → ${of(late, 'postMs').toFixed(0)} ms, disk ${of(early, 'kilobytes')} → ${of(late, 'kilobytes')} kB (at most ${Math.max(...samples.map(({ kilobytes }) => kilobytes))})`);
  console.log(`  in the end ${github.entries().length} entries of ${kb(github.entries())} kB, the largest ${Math.max(0, ...github.entries().map(({ size }) => Math.round(size / 1024)))} kB, and ${github.artifacts().length} artifacts; the services grew by ${grown} MB`);
  for (const problem of problems) console.log(`\nFAIL ${problem}`);
  console.log(problems.length === 0 ? `\nok: ${runId} runs in a row ended right; ${((performance.now() - began) / 1000).toFixed(0)} s` : `\n${problems.length} failed (seed ${seed})`);
  if (problems.length > 0) process.exitCode = 1;
  await github.close();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function kb(entries) {
  return Math.round(entries.reduce((sum, { size }) => sum + size, 0) / 1024);
}

function megabytes() {
  return Math.round(process.memoryUsage().rss / 1024 ** 2);
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => (entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum), 0);
}
