import type { ErrorPage } from '../diagnostic/error-page.js';
import type { artifactCodes } from './artifact-codes.js';

/** What is behind the codes of artifacts. */
export const artifactPages: Readonly<Record<keyof typeof artifactCodes, ErrorPage>> = {
  TG3501: {
    meaning: 'The step did what it should, and a path of its `artifacts` names no file afterwards, or a pattern fits none.',
    why: 'Whoever takes up the artifact would find it half. It is a failure of the step, as a declared output that was not made is, and as `if-no-files-found: error` is on GitHub.',
    fix: 'Mend the path or make the file in the step. What is not always there is an output `{ path, optional: true }` under `artifacts: true`, or belongs to a step of its own with a `when`.',
  },
  TG3502: {
    meaning: 'The step succeeded, and its files are not kept as an artifact: one holds a secret, was written while it was read, cannot be read, or there is no room.',
    why: 'A step has done its work whether or not a copy of its files can be kept. A secret is never written down, and half of an artifact is never shown.',
    fix: 'The message names the file and the reason. Write secrets elsewhere, end what is still writing, make room; then run the step again.',
  },
  TG3503: {
    meaning: 'An input of type `artifact`, or `tollgate artifacts get`, asks for an artifact that no run in the state folder has kept: nobody made it, its name is another, or its time is over.',
    why: 'Nothing may start without what it works on. Without `@…` only runs with verdict GO count, so that nobody builds on what was refused.',
    fix: '`tollgate artifacts ls` lists what there is. Run the workflow that makes it, name another with `--input <input>=<workflow>/<name>@<run>`, or say `required: false` where the input can be nothing.',
  },
  TG3504: {
    meaning: 'The files of a kept artifact are not those that were kept: bytes were changed, cut off or are missing, or its list of files is.',
    why: 'Everything is verified before it is handed over, because a disk or another program may change it. A damaged artifact would be worse than none.',
    fix: 'Take another one (`tollgate artifacts ls`), or run the workflow again that makes it. `tollgate artifacts prune` removes what is damaged. When it happens again, check the disk.',
  },
  TG3505: {
    meaning: 'An input of type `artifact` was resolved: the message says of which run, and with which version.',
    why: '`@latest-go` and tags mean another artifact tomorrow; what a run has worked on should stand beside it.',
    fix: 'Nothing has to be done. For always the same one, name a run or a version: `from: <workflow>/<name>@<run>`.',
  },
};
