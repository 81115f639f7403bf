/**
 * Everything that a result depends on, by name: two sheets tell why two keys differ. Secrets are masked before they come
 * here, and what is undeclared stands here as its digest.
 */
export interface KeySheet {
  /** What of the definition can change a result, resolved: field → its value as text. */
  readonly definition: Readonly<Record<string, string>>;
  /** Declared variables with their values; what is passed on from the surroundings by digest. */
  readonly env: Readonly<Record<string, string>>;
  /** The declared inputs, in code-unit order of their paths. */
  readonly files: readonly InputFile[];
  /** What commands such as `node --version` answered. */
  readonly tools: Readonly<Record<string, string>>;
  /** What the declared outputs of the steps before contain: `build.outputs.zip` → digest; `build` → all of it and of what lies behind. */
  readonly upstream: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string>>;
}

export interface InputFile {
  /** From the workspace's root, with `/`. */
  readonly path: string;
  /** SHA-256 of the content in lower-case hex; `link:` and the digest of where it leads for a link. */
  readonly digest: string;
  readonly executable: boolean;
}
