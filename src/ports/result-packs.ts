/** Results that leave a store or come into it, many in one file. */
export interface ResultPacks {
  /** Answers those that are in it, withdrawn ones too: what is damaged or gone by now is not. */
  readonly write: (file: string, keys: readonly ResultAt[]) => WrittenResults;
  /** Verified as a whole before any of it counts; `domainOf` says where each comes to lie, or that it has no business here. */
  readonly takeIn: (file: string, domainOf: (result: { readonly key: string; readonly step: string | null }) => string | undefined) => TakenResults;
  /** What a result takes up with all that it is made of; nothing when it is not there. */
  readonly sizeOf: (at: ResultAt) => number | undefined;
}

export interface ResultAt {
  readonly domain: string;
  readonly key: string;
}

export type WrittenResults = { readonly kind: 'written'; readonly keys: readonly string[]; readonly bytes: number } | { readonly kind: 'failed'; readonly reason: string };

export type TakenResults =
  | { readonly kind: 'taken'; readonly keys: readonly string[] }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** By a newer Tollgate. */
  | { readonly kind: 'newer'; readonly tollgate: string };
