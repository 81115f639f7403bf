import fc from 'fast-check';
import { layOutStore, nameDomain, readDomainName } from './store-layout.js';

const domain = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '.', '..', '~', 'local', 'LOCAL', 'ref:refs/heads/main', 'ref:refs/heads/Main', 'pr:1', '%70r:1', 'a/../../b', '\0'));

test('a domain is one name, and two domains are two, on file systems that ignore case too', () => {
  fc.assert(fc.property(domain, domain, (one, other) => {
    expect(nameDomain(one)).toMatch(/^(?:[a-z0-9_%-]{1,200}|~[0-9a-f]{64})$/u);
    if (Buffer.from(one).equals(Buffer.from(other))) return;
    expect(nameDomain(one).toLowerCase()).not.toBe(nameDomain(other).toLowerCase());
  }), { numRuns: 2000 });
});

test('its name tells which it is', () => {
  for (const each of ['local', 'pr:7', 'ref:refs/heads/Main', 'ü']) expect(readDomainName(nameDomain(each))).toBe(each);
});

test('whatever a key is, its result lies in its domain', () => {
  const { results, resultOf } = layOutStore('/store');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (key) => {
    expect(resultOf({ domain: 'local', key })).toMatch(new RegExp(`^${results}/local/([0-9a-f]{2})/\\1[0-9a-f]{62}$`, 'u'));
  }));
  expect(resultOf({ domain: 'local', key: 'a'.repeat(64) })).toBe(`/store/results/local/aa/${'a'.repeat(64)}`);
});
