/** What a workflow file may be at most; beyond it a file is refused before the YAML parser sees it. */
export const yamlLimits = {
  /** In bytes of UTF-8. */
  size: 4 * 1024 * 1024,
  /** Maps and lists inside one another. */
  depth: 64,
  /** Keys, and likewise list items, with every alias counted as what it stands for. */
  entries: 100_000,
  /** A file with more problems than this is not read on. */
  problems: 100,
} as const;
