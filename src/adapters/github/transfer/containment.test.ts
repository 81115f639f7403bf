import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { makeTar, makeTarGz } from '../../../../test/rig/tar-member.js';
import { makeZip } from '../../../../test/rig/make-zip.js';
import { useTransferRig } from '../../../../test/rig/transfer-rig.js';

const rig = useTransferRig();
const canary = 'canary';

type Hostile = readonly (readonly [name: string, bytes: Buffer, why: string])[];

/** Every file there is, with what is in it. */
function look(): Readonly<Record<string, string>> {
  const { list, scratch } = rig();
  const files = list().filter((path) => statSync(join(scratch, path)).isFile() && !path.endsWith('/tools/tar'));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(scratch, path), 'utf8')]));
}

/** Each is asked for, and what is answered and left there is held against what should be. */
async function expectContained(hostile: Hostile, ask: (name: string, bytes: Buffer) => Promise<unknown>): Promise<void> {
  rig().write('canary', canary);
  for (const [name, bytes, why] of hostile) {
    expect([name, await ask(name, bytes)]).toEqual([name, { kind: 'unavailable', reason: expect.stringContaining(why) as string }]);
    expect([name, look()]).toEqual([name, { canary }]);
  }
}

const pack = { name: 'pack', content: 'the pack' };

test('an entry that somebody else made writes nothing, and it is told why', async () => {
  const { github, open, scratch } = rig();
  const outside = join(scratch, 'escaped');
  const { cache, takeWarnings } = open();
  const hostile: Hostile = [
    ['an absolute name', makeTarGz([{ name: outside, content: canary }]), outside],
    ['an absolute name after the pack', makeTarGz([pack, { name: outside, content: canary }]), 'more than one file'],
    ['a name that leads out', makeTarGz([{ name: '../../../escaped', content: canary }]), '../../../escaped'],
    ['a name that leads to the pack by a way', makeTarGz([{ name: './pack', content: canary }]), './pack'],
    ['a symbolic link to write through', makeTarGz([{ name: 'pack', type: '2', link: '/tmp' }, { name: 'pack/escaped', content: canary }]), 'symbolic link'],
    ['a hard link', makeTarGz([{ name: 'pack', type: '1', link: '../../canary' }]), 'hard link'],
    ['a device', makeTarGz([{ name: 'pack', type: '3' }]), 'a device'],
    ['a pipe', makeTarGz([{ name: 'pack', type: '6' }]), 'named pipe'],
    ['a folder', makeTarGz([{ name: 'pack', type: '5' }]), 'a folder'],
    ['a file that asks for the rights of its owner', makeTarGz([{ name: 'pack', mode: 0o4755, content: canary }]), '4755'],
    ['a second file of that name', makeTarGz([pack, pack]), 'more than one file'],
    ['another name', makeTarGz([{ name: 'park', content: canary }]), '"park"'],
    ['a long name in the form of GNU', makeTarGz([{ name: '././@LongLink', type: 'L', content: outside }, pack]), 'kind'],
    ['a head with more to say', makeTarGz([{ name: 'pack', type: 'x', content: '20 path=../escaped\n' }, pack]), 'kind'],
    ['a file with holes, one byte for ten thousand', makeTarGz([{ name: 'pack', type: 'S', size: 10_000_000_000 }]), 'kind'],
    ['a size of one to ten thousand', makeTarGz([{ name: 'pack', size: 8 ** 11 - 1, content: canary }]), 'more than an archive of this size can hold'],
    ['a bomb in another form', zstdBomb(), 'no gzip archive'],
    ['less than it says', zlib.gzipSync(makeTar([{ name: 'pack', content: 'x'.repeat(2000) }]).subarray(0, 1600)), 'ends before'],
    ['half of an archive', makeTarGz([{ name: 'pack', content: 'some text that is long enough' }]).subarray(0, 60), 'no gzip archive'],
    ['an error page', Buffer.from('<?xml version="1.0"?><Error><Code>BlobNotFound</Code></Error>'), 'no gzip archive'],
    ['nothing', zlib.gzipSync(''), 'is empty'],
    ['a lot of nothing', zlib.gzipSync(Buffer.alloc(100_000_000)), 'no tar archive'],
    ['no end', Buffer.concat([makeTarGz([pack]), zlib.gzipSync(Buffer.alloc(20_000_000))]), 'goes on after its end'],
  ];
  await expectContained(hostile, (name, bytes) => {
    github.plant({ key: `planted ${name.replaceAll(',', '')}!`, bytes });
    return cache.find({ key: `planted ${name.replaceAll(',', '')}!` });
  });
  expect(takeWarnings()).toEqual([expect.stringContaining('the run itself is not touched')]);

  github.plant({ key: 'good', bytes: makeTarGz([pack]) });
  const found = await cache.find({ key: 'good' });
  expect(found.kind === 'found' && readFileSync(found.file, 'utf8')).toBe('the pack');
});

test('an artifact that somebody else made writes nothing, and it is told why', async () => {
  const { github, open, scratch } = rig();
  const outside = join(scratch, 'escaped');
  const file = { name: 'a.txt', content: 'text' };
  const { artifacts, takeWarnings } = open();
  github.env({ runId: 7 });
  const hostile: Hostile = [
    ['an absolute name', makeZip([{ name: outside, content: canary }]), outside],
    ['a name that leads out', makeZip([file, { name: 'a/../../../escaped', content: canary }]), 'leads out'],
    ['a backslash that leads out', makeZip([{ name: '..\\..\\escaped', content: canary }]), 'leads out'],
    ['a symbolic link', makeZip([{ name: 'link', content: '/tmp', mode: 0o120777 }, { name: 'link/escaped', content: canary }]), 'symbolic link'],
    ['a device', makeZip([{ name: 'zero', mode: 0o020666 }]), 'neither a file nor a folder'],
    ['a file that asks for the rights of its owner', makeZip([{ name: 'tool', mode: 0o104755 }]), '4755'],
    ['a name twice', makeZip([file, file]), 'twice'],
    ['a file where a folder is', makeZip([file, { name: 'a.txt/b', content: canary }]), 'in each other'],
    ['a name that is no text', makeZip([{ name: Buffer.from([0xff, 0xfe]) }]), 'UTF-8'],
    ['more than it can hold', makeZip([{ ...file, size: 2 ** 31 }]), 'more than a file of this size can'],
    ['less than it says', makeZip([{ ...file, size: 5 }]), 'shorter'],
    ['more than it says', makeZip([{ name: 'a.txt', content: Buffer.alloc(50_000_000), size: 1 }]), 'longer'],
    ['other bytes than it says', makeZip([{ ...file, crc: 1 }]), 'other bytes'],
    ['half of a zip file', makeZip([file]).subarray(0, 40), 'no zip file'],
    ['another kind of file', Buffer.from('text'), 'no zip file'],
  ];
  await expectContained(hostile, (name, bytes) => artifacts.download(github.plantArtifact({ runId: 7, name, bytes })));
  expect(takeWarnings()).toHaveLength(1);
});

/** One to ten thousand in a form that gzip cannot reach; made by hand, because not every Node has it: a frame of repeated blocks. */
function zstdBomb(): Buffer {
  const block = Buffer.from([0x02 | (0x20000 << 3) & 0xff, ((0x20000 << 3) >> 8) & 0xff, (0x20000 << 3) >> 16, 0]);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), ...Array.from({ length: 512 }, () => block)]);
}
