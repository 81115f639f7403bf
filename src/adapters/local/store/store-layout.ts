import { join } from 'node:path';
import { digestOf, isDigest } from './digest.js';

/** Where the parts of a store lie. */
export interface StoreLayout {
  readonly folder: string;
  readonly blobs: string;
  readonly results: string;
  readonly temporary: string;
  readonly blobOf: (digest: string) => string;
  readonly resultOf: (place: ResultPlace) => string;
  /** By the name of the domain's folder. */
  readonly resultIn: (domainFolder: string, key: string) => string;
}

export interface ResultPlace {
  readonly domain: string;
  readonly key: string;
}

/** `blobs/<2 hex>/<rest>`, `results/<domain>/<2 hex>/<key>`, `tmp/`. */
export function layOutStore(folder: string): StoreLayout {
  const [blobs, results, temporary] = [join(folder, 'blobs'), join(folder, 'results'), join(folder, 'tmp')];
  const folders = new Map<string, string>();
  const folderOf = (domain: string): string => {
    const name = folders.get(domain) ?? nameDomain(domain);
    folders.set(domain, name);
    return name;
  };
  const resultIn = (domainFolder: string, key: string): string => {
    const name = isDigest(key) ? key : digestOf(key);
    return `${results}/${domainFolder}/${name.slice(0, 2)}/${name}`;
  };
  return {
    folder,
    blobs,
    results,
    temporary,
    blobOf: (digest) => `${blobs}/${digest.slice(0, 2)}/${digest.slice(2)}`,
    resultOf: ({ domain, key }) => resultIn(folderOf(domain), key),
    resultIn,
  };
}

/** Where the store of a workspace and its index lie by default. */
export function locateStore(stateFolder: string): { readonly folder: string; readonly placedIndexFile: string } {
  return { folder: join(stateFolder, 'store'), placedIndexFile: join(stateFolder, 'index', 'placed') };
}

/** The folder name of a domain: never a way out, and two domains are two names whatever the file system makes of capitals. */
export function nameDomain(domain: string): string {
  const name = [...Buffer.from(domain)].map((byte) => (/[a-z0-9_-]/u.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`)).join('');
  return name !== '' && name.length <= 200 ? name : `~${digestOf(domain)}`;
}

/** The domain that a folder is named after, as well as it can be told. */
export function readDomainName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
