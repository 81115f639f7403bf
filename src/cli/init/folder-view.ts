/** What drafting a workflow needs to see of a folder. */
export interface FolderView {
  readonly has: (name: string) => boolean;
  /** The text of a file; nothing when there is none. */
  readonly read: (name: string) => string | undefined;
  /** The names of what lies in the folder. */
  readonly names: readonly string[];
}

/** The first of the names that is there. */
export function firstOf(folder: FolderView, names: readonly string[]): string | undefined {
  return names.find(folder.has);
}
