import type { TrustDomains } from '../../../core/cache/trust-domain.js';
import type { FoundResult, ResultStore } from '../../../ports/result-store.js';
import type { ResultPacks } from '../../../ports/result-packs.js';
import type { RemoteCache } from '../transfer/transfers.js';
import type { IndexOwner } from './entry-names.js';
import { chooseIndexes, domainOfEntry, listIndexPrefixes, nameIndex, nameResult, nameSharedIndex, prefixOfIndexes } from './entry-names.js';
import type { PendingResults, ResultUploads } from './result-uploads.js';
import { openResultUploads } from './result-uploads.js';

export interface GithubResultStoreOptions {
  /** The store of this machine: what comes from elsewhere is verified there, and placed from there. */
  readonly local: ResultStore;
  readonly packs: ResultPacks;
  readonly cache: RemoteCache;
  readonly domains: TrustDomains;
  readonly owner: IndexOwner;
  /** For packs on their way. */
  readonly folder: string;
  /** What the process before this one could not bring away. */
  readonly pending?: PendingResults;
  readonly after: (ms: number, act: () => void) => () => void;
  /** Which entries there are whose name begins so, the newest first; for who has to know of every job's results, and brings them together for them. */
  readonly listEntries?: ((prefix: string) => Promise<readonly string[]>) | undefined;
  readonly onPending?: (pending: PendingResults) => void;
}

/** A workflow of more cells than that finds those of the newest. */
const mostIndexes = 32;

export interface GithubResultStore extends ResultStore {
  /** Begins to fetch the small results: whoever looks for one waits for it. */
  readonly warm: () => void;
  readonly uploads: ResultUploads;
  /** What was brought together from several jobs is there for those of this run, too. */
  readonly share: () => Promise<void>;
}

/**
 * Results on GitHub's cache behind those of this machine. Small ones travel together in one entry that is fetched once; a large
 * one has its own. What arrives lies in the local store before it is used: verified, and in its entry's own trust domain.
 */
export function openGithubResultStore(options: GithubResultStoreOptions): GithubResultStore {
  const { local, packs, cache, domains, owner } = options;
  const uploads = openResultUploads(options);
  const asked = new Map<string, Promise<FoundResult>>();
  let index: Promise<void> | undefined;
  let fetched = 0;

  const fetchAll = async (list: (prefix: string) => Promise<readonly string[]>): Promise<void> => {
    const names = (await Promise.all(domains.read.map((domain) => list(prefixOfIndexes(domain, owner))))).flat();
    await Promise.all(chooseIndexes(names, domains.read, owner).slice(0, mostIndexes).map(async (key) => await fetchNamed({ key })));
  };

  const fetchNamed = async (wish: Parameters<RemoteCache['find']>[0]): Promise<void> => {
    const found = await cache.find(wish);
    if (found.kind !== 'found') return;
    const taken = takeIn(found);
    fetched += 1;
    if (taken.kind === 'taken') uploads.hold(taken.keys);
  };

  const fetchIndex = async (): Promise<void> => {
    if (options.listEntries !== undefined) await fetchAll(options.listEntries);
    if (fetched === 0) await fetchNamed({ key: nameIndex(domains.write, owner, 0), prefixes: listIndexPrefixes(domains.read, owner) });
  };

  const takeIn = ({ key: name, file, release }: { readonly key: string; readonly file: string; readonly release: () => void }, only?: string): ReturnType<ResultPacks['takeIn']> => {
    const domain = domainOfEntry(name, domains.read);
    try {
      return packs.takeIn(file, ({ key }) => (only === undefined || key === only ? domain : undefined));
    } finally {
      release();
    }
  };

  const fetchOne = async (key: string): Promise<FoundResult> => {
    const [own = domains.write, ...others] = domains.read;
    const found = await cache.find({ key: nameResult(own, key), prefixes: others.map((domain) => nameResult(domain, key)) });
    // What cannot be reached was said of all of them at once.
    if (found.kind !== 'found') return { kind: 'miss' };
    // A key that is longer was asked for by nobody.
    if (!domains.read.some((domain) => found.key === nameResult(domain, key))) {
      found.release();
      return { kind: 'miss' };
    }
    const taken = takeIn(found, key);
    if (taken.kind === 'damaged') return { kind: 'miss', reason: `the result that GitHub's cache keeps as ${found.key} is damaged (${taken.reason}); it is not used`, damaged: true };
    if (taken.kind === 'newer') return { kind: 'miss', reason: `the result that GitHub's cache keeps was stored by Tollgate ${taken.tollgate}` };
    if (!taken.keys.includes(key)) return { kind: 'miss', reason: `the result that GitHub's cache keeps as ${found.key} is of another key; it is not used`, damaged: true };
    return await local.find(key);
  };

  const findRemotely = async (key: string): Promise<FoundResult> => {
    index ??= fetchIndex();
    await index;
    const found = await local.find(key);
    if (!mayLieElsewhere(found)) return found;
    const fetched = await fetchOne(key);
    // Why what lies here is no use says more than that there is none there.
    return fetched.kind === 'miss' && fetched.reason === undefined ? found : fetched;
  };

  const withdraw = (key: string): void => {
    asked.delete(key);
    local.withdraw(key);
    uploads.withdraw(key);
  };

  return {
    ...local,
    find: (key) => {
      const here = local.find(key);
      if (here instanceof Promise || !mayLieElsewhere(here)) return here;
      const before = asked.get(key);
      if (before !== undefined) return before;
      const answer = findRemotely(key);
      asked.set(key, answer);
      return answer;
    },
    save: async (result, from) => {
      asked.delete(result.key);
      const saved = await local.save(result, from);
      if (saved.kind === 'saved') uploads.add(result.key);
      return saved;
    },
    place: async (result, order) => {
      const placed = await local.place(result, order);
      // It would be fetched again and again.
      if (placed.kind === 'miss' && placed.damaged && order.dry !== true) withdraw(result.key);
      return placed;
    },
    withdraw,
    warm: () => void (index ??= fetchIndex()),
    uploads,
    share: async () => {
      if (fetched > 1) await uploads.share(nameSharedIndex(domains.write, owner));
    },
  };
}

/** What was withdrawn or damaged here is not looked for elsewhere; what only other runs may use, or another version, is. */
function mayLieElsewhere(here: FoundResult): boolean {
  return here.kind === 'miss' && here.damaged !== true && here.withdrawn !== true;
}
