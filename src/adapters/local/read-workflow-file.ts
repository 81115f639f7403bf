import { readFileSync } from 'node:fs';
import { decodeText } from '../../core/definition/yaml/decode-text.js';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.js';
import type { SourceText } from '../../core/diagnostic/source-text.js';
import { createSourceText } from '../../core/diagnostic/source-text.js';
import { describeFileProblem } from './describe-file-problem.js';

/** A file's text; `refused` is one that is no text, with what can be shown of it. */
export type WorkflowFile =
  | { readonly kind: 'read'; readonly source: SourceText }
  | { readonly kind: 'refused'; readonly source: SourceText; readonly diagnostic: Diagnostic }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** `shownAs` is the name that messages give the file. */
export function readWorkflowFile(path: string, shownAs: string): WorkflowFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { kind: 'unreadable', reason: describeFileProblem(error) };
  }
  const decoded = decodeText(bytes);
  const source = createSourceText(shownAs, decoded.text);
  return decoded.kind === 'text' ? { kind: 'read', source } : { kind: 'refused', source, diagnostic: decoded.diagnostic };
}
