import { cutText } from '../output/cut-text.js';
import { showPlainly } from '../script/quote-for-person.js';

/** A file that may not leave the job. */
export interface UploadFault {
  readonly path: string;
  /** «a private key»: what its name says, or what it was found to hold. Never the value. */
  readonly what: string;
  readonly from: 'name' | 'content';
}

const mostNamed = 10;
const longestPath = 200;

/** Which files, by which rule, and how they are left out; for behind «is not kept:». */
export function describeRefusedUpload(faults: readonly UploadFault[]): string {
  const named = faults.slice(0, mostNamed).map(({ path, what, from }) => `${show(path)} (${from === 'name' ? 'by its name' : 'it holds'} ${what})`);
  const more = faults.length > mostNamed ? `, and ${faults.length - mostNamed} more` : '';
  const [first] = faults;
  const pattern = first === undefined ? '' : `'!${show(first.path)}'`;
  return `whoever may read the repository could download ${named.join(', ')}${more}: leave ${faults.length === 1 ? 'it' : 'each of them'} out with ${pattern} under artifacts.paths, or do not write it there`;
}

function show(path: string): string {
  const plain = showPlainly(path).replaceAll(/[\r\n\t]/gu, '\u{FFFD}');
  const cut = cutText(plain, longestPath);
  return cut === plain ? plain : `${cut}…`;
}
