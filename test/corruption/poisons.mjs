import { digestOf } from './world.mjs';

/** A manifest with a right checksum, as somebody writes it who means harm. */
export function sign(fields) {
  const body = typeof fields === 'string' ? fields : JSON.stringify(fields);
  return `${digestOf(body)}\n${body}`;
}

const withFile = (path) => (fields) => ({ ...fields, files: sorted([...fields.files, { ...aFile(fields), path }]) });
const withLink = (path, target) => (fields) => ({ ...fields, files: sorted([...fields.files, { kind: 'link', path, target }]) });
const withFields = (given) => (fields) => ({ ...fields, ...given });
const withFirst = (change) => (fields) => ({ ...fields, files: fields.files.map((file) => (file === aFile(fields) ? { ...file, ...change(file) } : file)) });

/** Each makes a harmful one of a good one. */
export const poisons = {
  'an absolute path': withFile('/tmp/tollgate-corruption'),
  'the file outside': withFile('../outside/file'),
  'a way up inside a path': withFile('victim/../../outside/file'),
  'a path that ends up': withFile('victim/..'),
  'a path that is a dot': withFile('.'),
  'no name at all': withFile(''),
  'an empty name': withFile('victim//x'),
  'a slash at the end': withFile('victim/x/'),
  'a NUL': withFile('victim/x\0y'),
  'half a character': withFile('victim/\ud800'),
  'a hook of git': withFile('.git/hooks/post-checkout'),
  'git in capitals': withFile('victim/.GIT/config'),
  'git behind a sign that is not seen': withFile('.g\u200cit/config'),
  'the state folder': withFile('.tollgate/store/x'),
  'the state folder in capitals': withFile('.TollGate/x'),
  'an absolute link': withLink('victim-link', '/etc/passwd'),
  'a link that leads out': withLink('victim-link', '../outside'),
  'a link that leads out in the end': withLink('victim-link', 'a/../../outside'),
  'a link to git': withLink('victim-link', '.git/config'),
  'a link to nothing': withLink('victim-link', ''),
  'a link with a NUL': withLink('victim-link', 'a\0b'),
  'a file behind a link': (fields) => withFile('victim-link/file')(withLink('victim-link', 'bystander')(fields)),
  'a file in a file': (fields) => withFile('victim-x/y')(withFile('victim-x')(fields)),
  'a path twice': (fields) => withFile('victim-x')(withFile('victim-x')(fields)),
  'paths that differ in case': (fields) => withFile('victim-X')(withFile('victim-x')(fields)),
  'paths out of order': (fields) => ({ ...fields, files: [{ ...aFile(fields), path: 'z' }, { ...aFile(fields), path: 'b' }] }),
  'a device': (fields) => ({ ...fields, files: sorted([...fields.files, { kind: 'device', path: 'victim-x' }]) }),
  'a size that is too small': withFirst(({ size }) => ({ size: size - 1 })),
  'a size that is too large': withFirst(({ size }) => ({ size: size + 1 })),
  'a size beyond all disks': withFirst(() => ({ size: 2 ** 52 })),
  'a negative size': withFirst(() => ({ size: -1 })),
  'a size that is a text': withFirst(() => ({ size: '1' })),
  'content that nobody has': withFirst(() => ({ digest: digestOf('nobody has this') })),
  'content by a path': withFirst(() => ({ digest: '../../../../outside/file' })),
  'a mode': withFirst(() => ({ executable: 0o4755 })),
  'the whole workspace as a folder': withFields({ folders: [''] }),
  'a folder outside': withFields({ folders: ['../outside'] }),
  'a folder that is none of its own': withFields({ folders: ['bystander'] }),
  'a folder that is a number': withFields({ folders: [7] }),
  'another key': withFields({ key: digestOf('another') }),
  'another domain': withFields({ domain: 'default' }),
  'another version': withFields({ format: 2 }),
  'no files': withFields({ files: null }),
  'a file that is none': withFields({ files: [null] }),
  'outputs that are a list': withFields({ outputs: [] }),
  'times that are texts': withFields({ createdAt: 'today' }),
  'a prototype': (fields) => JSON.stringify({ ...fields, files: undefined }).replace('{', '{"__proto__":{"files":[]},'),
  'an abyss': () => '['.repeat(200_000),
  'no JSON': () => 'PK\x03\x04',
  'an empty body': () => '',
};

function aFile({ files }) {
  return files.find(({ kind, size }) => kind === 'file' && size > 0);
}

function sorted(files) {
  return files.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}
