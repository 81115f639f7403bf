import { command, nodeloop } from './tools/bare.mjs';
import { moon } from './tools/moon.mjs';
import { nx } from './tools/nx.mjs';
import { makeTollgate, makeUncachedTollgate } from './tools/tollgate.mjs';
import { turbo, turboNative } from './tools/turbo.mjs';
import { wireit } from './tools/wireit.mjs';

/**
 * Every tool and form: `files` configures it in a workspace, `argv` (or `node`, the arguments of Node) runs it, `keeps` is
 * what it remembers there; without `cases` it takes part in all of them.
 */
export function listTools(bin) {
  return [makeTollgate(bin), makeUncachedTollgate(bin), turbo, turboNative, nx, wireit, moon, nodeloop, command];
}
