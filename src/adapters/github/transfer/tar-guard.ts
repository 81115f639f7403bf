import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the client finds where it looks for `tar`. It never packs or unpacks: it hands over the archive that we made, and
 * takes the one that came for us to read. So nothing that an archive asks for is ever done. The names are our own, so
 * the arguments, which the client does not quote, tell no more than which of the two is meant.
 */
const script = `#!/bin/sh
PATH="/usr/bin:/bin:$TOLLGATE_PATH"
case " $* " in
  *' --version '*) echo 'tar: the stand-in of tollgate' ;;
  *' -cf '*) exec mv -f "$TOLLGATE_ARCHIVE" cache.tgz ;;
  *' -xf '*) exec mv -f "$RUNNER_TEMP"/*/cache.tgz "$TOLLGATE_ARCHIVE" ;;
  *' -tf '*) ;;
  *) echo "tar: not expected: $*" >&2; exit 2 ;;
esac
`;

/**
 * The only folder on the PATH of a transfer process. Without zstd on it the client compresses by gzip everywhere, so that
 * the version of an entry, which follows from that, is the same on all machines.
 */
export function writeTarGuard(folder: string): string {
  const tools = join(folder, 'tools');
  mkdirSync(tools, { mode: 0o700 });
  writeFileSync(join(tools, 'tar'), script, { mode: 0o700, flag: 'wx' });
  chmodSync(join(tools, 'tar'), 0o700);
  return tools;
}
