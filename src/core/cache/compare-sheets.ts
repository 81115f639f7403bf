import type { InputFile, KeySheet } from './key-sheet.js';

/** Something that a result depends on and that is not what it was. */
export interface SheetDifference {
  readonly part: 'definition' | 'env' | 'file' | 'tool' | 'upstream' | 'machine';
  readonly name: string;
  /** Nothing where it was not there. */
  readonly was: string | undefined;
  readonly is: string | undefined;
}

const records = [['definition', 'definition'], ['env', 'env'], ['tools', 'tool'], ['upstream', 'upstream'], ['machine', 'machine']] as const;

/** Why two results have different keys: everything that differs, in the order in which people ask for it. */
export function compareSheets(was: KeySheet, is: KeySheet): readonly SheetDifference[] {
  const found: SheetDifference[] = [];
  for (const [field, part] of records) found.push(...compareRecords(part, was[field], is[field]));
  return [...found, ...compareFiles(was.files, is.files)];
}

function compareRecords(part: SheetDifference['part'], was: Readonly<Record<string, string>>, is: Readonly<Record<string, string>>): readonly SheetDifference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return names.flatMap((name) => (was[name] === is[name] ? [] : [{ part, name, was: was[name], is: is[name] }]));
}

/** Both lists are sorted: one walk along them. */
function compareFiles(was: readonly InputFile[], is: readonly InputFile[]): readonly SheetDifference[] {
  const found: SheetDifference[] = [];
  const note = (name: string, before: InputFile | undefined, now: InputFile | undefined): void => void found.push({ part: 'file', name, was: describe(before), is: describe(now) });
  let left = 0;
  let right = 0;
  while (left < was.length || right < is.length) {
    const a = was[left];
    const b = is[right];
    if (b === undefined || (a !== undefined && a.path < b.path)) {
      note(a?.path ?? '', a, undefined);
      left++;
    } else if (a === undefined || b.path < a.path) {
      note(b.path, undefined, b);
      right++;
    } else {
      if (a.digest !== b.digest || a.executable !== b.executable) note(a.path, a, b);
      left++;
      right++;
    }
  }
  return found;
}

function describe(file: InputFile | undefined): string | undefined {
  return file === undefined ? undefined : `${file.digest}${file.executable ? ' executable' : ''}`;
}
