import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { callKilled, goOn, judge, linesRan, stateOf } from '../crash/play-chain.mjs';

/** Why a file system or a process refuses, in the words of Tollgate, of Node and of shells. */
const causes = /no space is left|no space left|quota|read-only|permission|not permitted|too many (?:open )?files|may (?:not )?open more files|the disk reports an error|input\/output error|i\/o error|EIO|ENOSPC|EROFS|EDQUOT|EMFILE|EACCES/iu;
/** Where it happened, and what can be done. */
const places = /standard output|\.tollgate|out\/|out\b|large\.bin|\S+\.(?:txt|yml)|journal/u;
const ways = /make room|mend|resume|→|--state-dir|ulimit/iu;

/**
 * One process under a fault, and the run gone on with once it is mended. What must not have happened lies in the case's
 * `problems`; answers whether the process stopped, went on and said so, or went on as if there were nothing. `isVoid`: the
 * fault has met something that is not Tollgate's; `hasHidden`: it kept inputs from being read.
 */
export async function disturb(given, { bin, random, before, user, mend = () => undefined, isVoid = () => false, hasHidden = () => false }) {
  const { problems } = given;
  // What is kept of the first attempt still says why it could not be stored.
  given.tolerates = /\(TG340[15]\)/u;
  const ran = linesRan(given);
  const end = await callKilled(given, { bin, args: ['run', 'workflow.yml'], before, user, mostMs: 30_000 });
  const said = `${end.out}\n${end.err}`;
  if (isVoid()) return { said, ending: 'void' };
  if (end.killed) problems.push(`it was still there after half a minute:\n${said.slice(-2000)}`);
  else if (end.code === null || end.code === 3 || /fault (?:in|of) [Tt]ollgate|\n {4}at .*:\d+:\d+/u.test(said)) problems.push(`it broke with ${end.code}:\n${said.slice(-2000)}`);
  if (!end.killed && end.code !== 0 && end.code !== 4) {
    for (const [what, form] of Object.entries({ why: causes, where: places, 'what to do': ways })) if (!form.test(said)) problems.push(`it ended with ${end.code} and does not say ${what}:\n${said.slice(-2000)}`);
  }
  if (end.code === 0 && stateOf(given) !== 'ended') problems.push(`it ended with 0, and nothing that was written down says so:\n${said.slice(-2000)}`);
  judge(given, end, { before: ran, args: ['run'], isDisturbed: true });
  // Of an input that could not be read nobody knows what its step has seen.
  if (hasHidden()) for (const name of given.acknowledged.keys()) if (!given.workload.once?.test(name)) given.acknowledged.delete(name);
  await mend();
  if (problems.length === 0) await goOn(given, { bin, random, user });
  if (problems.length === 0) await checkState(given, { bin, user });
  return { said, ending: end.code !== 0 ? 'stopped' : causes.test(said) ? 'told' : 'unharmed' };
}

/** Nothing half-written is among what is kept. */
async function checkState(given, { bin, user }) {
  const { work, problems } = given;
  const state = join(work, '.tollgate');
  // Whoever comes next clears up what could not be.
  for (const args of [['run', 'workflow.yml', '--dry-run'], ['cache', 'verify']]) {
    const { code, out, err } = await callKilled(given, { bin, args, user });
    if (code !== 0) problems.push(`afterwards ${args.join(' ')} ended with ${code}:\n${out}${err}`);
  }
  if (!/^\*$/mu.test(readFileSync(join(state, '.gitignore'), 'utf8'))) problems.push('.tollgate/.gitignore was half written, and stayed so');
  // What lies in the folder of a run goes with it.
  for (const path of existsSync(state) ? readdirSync(state, { recursive: true }) : []) if (/\.tollgate-tmp-|^(?!runs\/[^/]+\/(?:journal|lease)\/).*\.tmp$/u.test(path)) problems.push(`.tollgate/${path} was left behind`);
}
