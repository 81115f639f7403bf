import fc from 'fast-check';
import type { Artifact } from '../../../core/artifact/artifact.js';
import { longestName, marksOf, placeMarks, readRemoteName, writeRemoteName, type Upload } from './remote-name.js';

const artifact = (given: Partial<Artifact> = {}): Artifact => ({ workflow: 'measure', name: 'coverage', run: 'r', version: 'ab'.repeat(32), step: 'test', cell: '', createdAt: 1, size: 1, files: [], tags: [], retentionDays: null, tollgateVersion: '1', ...given });
const upload: Upload = { job: 'test', attempt: 1, sequence: 1_767_225_600_000, nonce: '01234567' };

const aText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom('', ' ', '.', '-', '..', '"<>:|*?\\/\r\n', '\ud800', 'x'.repeat(400), 'ö'.repeat(200)));
const anUpload = fc.record({ job: aText, attempt: fc.integer({ min: 1, max: 50 }), sequence: fc.nat({ max: Number.MAX_SAFE_INTEGER }), nonce: fc.stringMatching(/^[0-9a-f]{8}$/u) });
const anArtifact = fc.record({ workflow: aText, name: aText, run: aText, step: aText, cell: aText }).map(artifact);

test('whatever things are called, GitHub takes the name, and it is read again', () => {
  fc.assert(fc.property(anArtifact, anUpload, (each, at) => {
    const name = writeRemoteName(each, at);
    expect(name).not.toMatch(/["<>:|*?\\/\r\n\u0000-\u001f]|\p{Surrogate}/u);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(longestName);
    expect(name).toBe(name.trim());
    expect(name).toMatch(/^[^.-]/u);
    expect(readRemoteName(name)).toEqual({ attempt: at.attempt, sequence: at.sequence, marks: marksOf(each) });
  }), { numRuns: 300 });
});

test('people see what it is', () => {
  expect(writeRemoteName(artifact(), upload)).toMatch(/^measure-coverage-test-a1-s1767225600000-[0-9a-f]{40}$/u);
  expect(writeRemoteName(artifact({ workflow: 'a/b', name: 'x: y' }), { ...upload, job: '' })).toMatch(/^a-b-x- y-a1-s/u);
});

test('what was made to fit is still another than what it looks like', () => {
  fc.assert(fc.property(anArtifact, anArtifact, (one, other) => {
    const isOne = ['run', 'step', 'cell', 'name'].every((key) => one[key as 'run'] === other[key as 'run']);
    fc.pre(!isOne && one.name.normalize('NFC').toLowerCase() !== other.name.normalize('NFC').toLowerCase());
    expect(writeRemoteName(one, upload)).not.toBe(writeRemoteName(other, upload));
  }));
  expect(writeRemoteName(artifact({ run: 'a/b' }), upload)).not.toBe(writeRemoteName(artifact({ run: 'a-b' }), upload));
});

test('a name is found whatever its case, and in no other run', () => {
  expect(placeMarks({ run: 'r', name: 'Straße\u0301' })).toEqual(placeMarks({ run: 'r', name: 'STRA\u00dfe\u0301'.toLowerCase() }));
  expect(placeMarks({ run: 'R', name: 'a' })).not.toEqual(placeMarks({ run: 'r', name: 'a' }));
});

test.each(['', 'coverage', 'coverage-a1', `coverage-a1-s1-${'0'.repeat(39)}`, `coverage-a1-s1-${'0'.repeat(41)}`, `coverage-a1-s1-${'G'.repeat(40)}`, `coverage-a1-s1-${'0'.repeat(40)}.zip`])('%p is not ours', (name) => {
  expect(readRemoteName(name)).toBeUndefined();
});
