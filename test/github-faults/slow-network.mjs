// A job of twenty steps where every request takes 300 ms more.
import { join } from 'node:path';
import { startEmulator } from '../emulator/emulator.mjs';
import { createRepository } from './play-job.mjs';

const latencyMs = 300;
const mostAddedMs = 10_000;
const steps = 20;

const workflow = `name: ci
defaults: { shell: sh }
steps:
${Array.from({ length: steps }, (_, step) => `  - { id: s${step}, command: "echo s${step} >> ../ran; cat in.txt > out/${step}.txt", inputs: [in.txt], outputs: { file: out/${step}.txt }, cache: true }\n`).join('')}`;

/** Fresh, then with all results kept, with and without the delay; answers what to say, and what is wrong. */
export async function measureSlowNetwork({ bin, scratch }) {
  const times = {};
  const requests = {};
  const problems = [];
  const lines = [];
  for (const ms of [0, latencyMs]) {
    const github = await startEmulator({ latencyMs: ms });
    const { play } = createRepository({ folder: join(scratch, `slow-${ms}`), bin, github, files: { 'ci.yml': workflow, 'in.txt': 'in\n', 'out/.keep': '' } });
    for (const [name, runId] of [['fresh', 1], ['again', 2]]) {
      github.clearRequests();
      const { main, post, counts, ms: took } = await play({ runId });
      times[`${name} ${ms}`] = took;
      requests[`${name} ${ms}`] = github.requests().length;
      const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
      if (main.exitCode !== 0 || post.exitCode !== 0 || count !== (name === 'fresh' ? steps : 0)) problems.push(`${name} with ${ms} ms: exit ${main.exitCode} and ${post.exitCode}, ${count} steps executed\n${main.output}`);
    }
    await github.close();
  }
  for (const name of ['fresh', 'again']) {
    const added = times[`${name} ${latencyMs}`] - times[`${name} 0`];
    lines.push(`${steps} steps, ${name === 'fresh' ? 'all executed' : 'all kept results'}: ${latencyMs} ms more in each of ${requests[`${name} ${latencyMs}`]} requests cost ${(added / 1000).toFixed(1)} s (${(times[`${name} 0`] / 1000).toFixed(1)} → ${(times[`${name} ${latencyMs}`] / 1000).toFixed(1)} s, main and post)`);
    if (added > mostAddedMs) problems.push(`${name}: ${(added / 1000).toFixed(1)} s more, at most ${mostAddedMs / 1000} are allowed`);
  }
  return { lines, failures: problems.length === 0 ? [] : [{ name: `${latencyMs} ms in each request`, folder: join(scratch, `slow-${latencyMs}`), problems }] };
}
