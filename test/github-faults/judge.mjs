// What is wrong with the end of a job that met a fault.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fault may cost so much, in all. */
export const mostAddedMs = 45_000;

/** What a fault itself makes of what is sent: an upload that was left undone is nothing to finish. */
const expectedViolations = {
  'cache.upload': /nothing was uploaded/u,
  'artifact.upload-block': /nothing was uploaded/u,
  'artifact.upload-block-list': /nothing was uploaded/u,
};

/** `end` of a job in which nothing but the steps counts; answers each problem in a line. */
export function judgeJob({ main, post, counts }, { expected, must, may, refusal }) {
  const problems = [];
  const is = { exit: main.exitCode, status: main.outputs.status, verdict: main.outputs.verdict ?? '' };
  if (refusal !== undefined && is.exit === refusal.exit) {
    if (Object.keys(counts).length > 0) problems.push(`it refused, and still executed ${JSON.stringify(counts)}`);
    if (!refusal.says.test(main.output)) problems.push('it refused, and did not say why');
    return problems;
  }
  for (const [name, value] of Object.entries(expected)) if (is[name] !== value) problems.push(`${name} is ${is[name]}, not ${value}`);
  if (post.exitCode !== 0) problems.push(`post ended with ${post.exitCode}`);
  for (const step of must) if (counts[step] !== 1) problems.push(`${step} was executed ${counts[step] ?? 0} times, not once`);
  for (const [step, count] of Object.entries(counts)) if (!must.includes(step) && (!may.includes(step) || count > 1)) problems.push(`${step} was executed ${count} times`);
  return problems;
}

export function judgeFault(end, { cell, fault, github, controlMs }) {
  const problems = [];
  if (fault.hits === 0) problems.push(`the fault was never met: ${fault.seen} calls could have`);
  const added = end.ms - controlMs;
  if (added > mostAddedMs) problems.push(`it took ${(added / 1000).toFixed(1)} s more than without the fault`);
  const texts = readWarnings(end);
  const causes = texts.map(causeOf);
  for (const cause of new Set(causes)) if (causes.filter((each) => each === cause).length > 1) problems.push(`warned more than once of one cause:\n${texts.filter((text) => causeOf(text) === cause).join('\n')}`);
  for (const { call, reason } of github.violations()) if (expectedViolations[cell.call]?.test(reason) !== true || call !== `${cell.call.split('.')[0]}.finalize`) problems.push(`GitHub would not take what was sent: ${call}: ${reason}`);
  const onTheWay = join(end.workspace, '.tollgate', 'github');
  if (existsSync(onTheWay)) for (const name of readdirSync(onTheWay).filter((each) => each !== 'pending.json')) problems.push(`left behind: .tollgate/github/${name}`);
  problems.push(...findLiving(end.place).map((line) => `still alive: ${line}`));
  return problems;
}

export function readWarnings({ main, post }) {
  return [...main.commands, ...post.commands].filter(({ name }) => name === 'warning').map(({ text }) => text);
}

/** A warning without the service and the detail. */
function causeOf(text) {
  return text.replaceAll(/GitHub's (?:cache|artifact service)/gu, 'it').replaceAll(/\(.*?\)/gu, '').split(':')[0];
}

/** Processes that were started for the job, by their environment. */
function findLiving(place) {
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).flatMap((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`GITHUB_WORKSPACE=${place}/`) ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
    } catch {
      return [];
    }
  });
}
