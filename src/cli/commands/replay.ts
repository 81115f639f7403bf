import { readJournal } from '../../adapters/local/run-folder/journal/read-journal.js';
import { version } from '../../assembly/version.js';
import { createPaint } from '../../core/report/paint.js';
import { toStoryJson } from '../../core/report/run/story-json.js';
import { renderStory } from '../../core/report/run/story-text.js';
import { tellStory } from '../../core/report/run/tell-story.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';
import { chooseRun } from '../run/choose-run.js';
import { describeUnreadable, warnOfDamage } from '../run/describe-damage.js';

/** `tollgate replay`: the story of a run, from its journal. */
export function replay(call: Call): ExitCode {
  const { terminal } = call;
  const run = chooseRun(call.arguments[0], call);
  if ('message' in run) return refuseCall([run], call);
  const journal = readJournal(run.path);
  const { events, damage, newer, epochs, torn } = journal;
  if (newer !== null) return refuseCall([describeUnreadable({ kind: 'newer', tollgate: newer.tollgate }, run.id)], call);
  if (events.length === 0) return refuseCall([describeUnreadable({ kind: 'lost', damage }, run.id)], call);
  const story = tellStory(journal);
  if (call.options.json.value) {
    const epochsJson = epochs.map(({ epoch, at, tollgate, taken }) => ({ epoch, at: new Date(at).toISOString(), tollgate_version: tollgate, records: taken }));
    const damageJson = damage.map(({ file, offset, problem }) => ({ file, offset, problem }));
    terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, run_id: run.id, epochs: epochsJson, torn, damage: damageJson, story: toStoryJson(story) }, null, 2)}\n`);
  } else terminal.out(renderStory(story, createPaint(terminal.color)));
  terminal.err(warnOfDamage(damage));
  return 0;
}
