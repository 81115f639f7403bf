import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredResult } from '../../../core/cache/stored-result.js';
import type { ResultAt, ResultPacks } from '../../../ports/result-packs.js';
import { describeFileProblem } from '../describe-file-problem.js';
import { openPack } from '../pack/open-pack.js';
import { writePack } from '../pack/write-pack.js';
import { makeFolder } from '../run-folder/state-folder.js';
import { findStoredResult, isWithdrawn } from '../store/find-stored-result.js';
import { writeWithdrawal } from '../store/manifest.js';
import { removeQuietly } from '../store/remove-quietly.js';
import { layOutStore } from '../store/store-layout.js';
import { listBlobs } from '../store/walk-store.js';
import { gatherResults, gatherText } from './gather-results.js';
import { resultsForm } from './result-pack-form.js';
import { takeInResults } from './take-in-results.js';

/** The results of a store in a folder. */
export function openFolderResultPacks({ storeFolder, tollgateVersion }: { readonly storeFolder: string; readonly tollgateVersion: string }): ResultPacks {
  const find = ({ domain, key }: ResultAt): StoredResult | undefined => findStoredResult(storeFolder, [domain], key);
  return {
    write: (path, keys) => {
      const { files, results } = gatherResults(storeFolder, keys.flatMap((at) => find(at) ?? []));
      const withdrawn = keys.filter((at) => isWithdrawn(storeFolder, at));
      const withdrawals = withdrawn.map((at, index) => gatherText(`results/${results.length + index}`, writeWithdrawal(at)));
      const written = writePack(path, { form: resultsForm, header: {}, files: [...files, ...withdrawals], tollgateVersion, overwrite: true });
      if (written.kind === 'written') return { kind: 'written', keys: [...results, ...withdrawn].map(({ key }) => key), bytes: written.bytes };
      return { kind: 'failed', reason: written.kind === 'failed' ? written.reason : 'something is in the way' };
    },
    takeIn: (path, domainOf) => {
      const opened = openPack(path, resultsForm);
      if (opened.kind === 'newer') return opened;
      if (opened.kind === 'refused') return { kind: 'damaged', reason: opened.reason };
      let staging: string | undefined;
      try {
        const { temporary } = layOutStore(storeFolder);
        makeFolder(temporary);
        staging = mkdtempSync(join(temporary, 'pack-'));
        const fault = opened.unpack(staging);
        if (fault !== undefined) return { kind: 'damaged', reason: fault };
        return { kind: 'taken', keys: takeInResults({ files: opened.header.files, folder: staging, storeFolder, domainOf }) };
      } catch (error) {
        return { kind: 'damaged', reason: describeFileProblem(error) };
      } finally {
        opened.close();
        if (staging !== undefined) removeQuietly(staging);
      }
    },
    sizeOf: (at) => {
      const result = find(at);
      return result === undefined ? undefined : [...listBlobs(result).values()].reduce((sum, size) => sum + size, JSON.stringify(result).length);
    },
  };
}
