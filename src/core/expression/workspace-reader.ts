/**
 * How an expression sees the files of the workspace: synchronously, because expressions are.
 * Every path is relative to the workspace's root; whoever reads answers `outside` for what leads out of it,
 * be it by `..` or by a link.
 */
export interface WorkspaceReader {
  /** The text of a file, read as UTF-8. */
  readonly readText: (path: string) => FileText;
  readonly kindOf: (path: string) => 'file' | 'folder' | 'missing' | 'outside';
  /** In bytes; nothing when there is no such file. */
  readonly sizeOf: (path: string) => number | undefined;
  /** SHA-256 of the content in lower-case hex; nothing when there is no such file. */
  readonly digestOf: (path: string) => string | undefined;
  /** The files that the patterns name, `!` taking away in order: sorted by code unit, with `/`, a folder standing for all in it. */
  readonly glob: (patterns: readonly string[]) => readonly string[];
}

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'unreadable'; readonly reason: string };
