import type { ErrorPage } from '../diagnostic/error-page.js';
import type { reuseCodes } from './reuse-codes.js';

/** What is behind the codes of results and of runs that are gone on with. */
export const reusePages: Readonly<Record<keyof typeof reuseCodes, ErrorPage>> = {
  TG3401: {
    meaning: 'The step succeeded, and its result is not kept for other runs: an input changed while it ran, an output holds a secret, or a process was left behind.',
    why: 'A result is used again only where it is certain to be what another execution would make, and no secret is ever written down.',
    fix: 'The message names the file. Take what the step itself writes out of its `inputs`, write secrets elsewhere than into outputs, and end what the step starts.',
  },
  TG3402: {
    meaning: 'A kept result was not what had been kept: bytes were changed, cut off or missing. It was removed, and the step runs.',
    why: 'Everything is verified before it is placed, because a disk or another program may change it. A damaged result would be worse than none.',
    fix: 'Nothing has to be done. When it happens again, check the disk; `tollgate cache verify` looks at everything that is kept.',
  },
  TG3403: {
    meaning: 'A kept result fits, and its folder holds a file that no result of the step has placed and that git does not ignore.',
    why: 'Placing the result would mean to remove a file that somebody may need, and leaving it there would make another result than the one that was kept.',
    fix: 'Move the file, name it among the outputs, or let git ignore it. The step was run instead.',
  },
  TG3404: {
    meaning: 'A path among the `inputs` has no wildcard and names no file; it counts as text.',
    why: 'A mistyped path would make a step a hit for ever, though the file that was meant has changed.',
    fix: 'Mend the path. A value that is meant as text is `{ value: … }`.',
  },
  TG3405: {
    meaning: 'Results could not be looked up, brought to their place or written down; the steps run as if nothing were kept.',
    why: 'A cache saves time. A fault of it must never fail a run.',
    fix: 'The message says which path or request failed and why: make room, mend the permissions, or name another folder with `--state-dir`.',
  },
  TG3406: {
    meaning: 'A step with `effects: once` was cut short: by a signal, its time limit, a cancel or the end of its process. Nobody knows whether its effect has happened.',
    why: 'To run it again could deploy, pay or send twice; to take it as done could leave something undone. Only a person can look.',
    fix: 'Look at what the step was to do. Then `tollgate resume <run> --mark-done <step> --reason "…"` goes on after it, and `--rerun <step>` does it again.',
  },
  TG3407: {
    meaning: 'Another run of the same workflow is at work in this workspace, or another process goes on with the very run.',
    why: 'Two at once would write the same files. A living owner is never robbed, not even a stopped one.',
    fix: 'Wait for it, end it, or give the workflow `concurrency` groups of its own. When the owner is certainly gone and cannot be seen from here: `--take-over`.',
  },
  TG3408: {
    meaning: 'A record of the run is not what was written: the file was changed, cut or overwritten. All records before it are used.',
    why: 'Each record carries a checksum over itself and what came before, so that damage is seen and never believed.',
    fix: 'Go on with `tollgate resume`: what was recorded later is done again. The original file is kept beside, with `.damaged` in its name.',
  },
  TG3409: {
    meaning: 'The run was written down in a format that this Tollgate does not know.',
    why: 'To guess what a newer version meant could lose or repeat steps.',
    fix: 'Install the version that the message names, or start a new run with `tollgate run`.',
  },
  TG3410: {
    meaning: '`resume` goes on with the only unfinished run of a workflow; here is none, or there are several.',
    why: 'Which of several is meant is for a person to say: they have other inputs, or stopped elsewhere.',
    fix: '`tollgate status` and `tollgate history` list them; name one: `tollgate resume <run>`.',
  },
  TG3411: {
    meaning: 'A record of the run could not be written, so the run was stopped: what runs on unrecorded could not be gone on with.',
    why: 'A step that nobody knows of would run twice.',
    fix: 'Make room on the disk or mend what the message names, then `tollgate resume`.',
  },
  TG3412: {
    meaning: 'A step without `inputs` and without a cache was kept from the earlier attempt, though files of the work tree have changed since.',
    why: 'Without inputs nobody knows which files it reads; to do everything again would make a resume worthless.',
    fix: 'When the change matters to the step, go on from there: `--from <step>`. Better, declare its `inputs`.',
  },
  TG3413: {
    meaning: 'The step failed, and one that it needs was not run: its result without outputs was used again.',
    why: 'A cached step without outputs keeps nothing but its success. When it installed something, that is not here.',
    fix: 'Run the earlier step: `--no-cache`. Declare what it makes as `outputs`, or give it `cache: false`.',
  },
  TG3414: {
    meaning: 'Under `--trace-inputs` a step read files of the workspace that are neither among its inputs nor outputs of steps that it needs.',
    why: 'When such a file changes, the key of the step does not: an earlier result would be used again though another would be made.',
    fix: 'Write the line of the message into `inputs`. What another step makes is its output: need that step. What the step changes itself is an output.',
  },
  TG3415: {
    meaning: 'The file is not one that `tollgate state export` wrote, or it is not as it was written: cut off, changed, or naming what is no part of a run.',
    why: 'A run is gone on with on the strength of what is written of it. A file from elsewhere is verified as a whole before any of it can be seen.',
    fix: 'Nothing was taken in. Copy the file again, or write it anew where the run is: `tollgate state export <run>`.',
  },
  TG3416: {
    meaning: 'The file holds a run of a repository that this workspace is not of, or of a workflow that is not here.',
    why: 'Going on with it here would run its steps on other files than those that it began on.',
    fix: 'Go to the workspace that the run is of. When this one is meant all the same, name the other: `--accept <repository or workflow>`.',
  },
};
