/** TG34: results that are used again, runs that are gone on with, and what is kept of both. */
export const reuseCodes = {
  TG3401: 'A result could not be kept',
  TG3402: 'A stored result was damaged and is made again',
  TG3403: 'Something lies in the way of a stored result',
  TG3404: 'An input names no file',
  TG3405: 'The store of results cannot be reached',
  TG3406: 'Nobody knows whether a step has had its effect',
  TG3407: 'Another run is at work',
  TG3408: 'What was written down of a run is damaged',
  TG3409: 'A run was written down by a newer Tollgate',
  TG3410: 'There is no run to go on with, or more than one',
  TG3411: 'A run could not be written down any more',
  TG3412: 'The work tree changed and a step without inputs was kept',
  TG3413: 'A step failed after one whose result was used again',
  TG3414: 'What a step was seen to read',
  TG3415: 'A file with a run cannot be taken in',
  TG3416: 'A file holds a run of another repository or workflow',
} as const;
