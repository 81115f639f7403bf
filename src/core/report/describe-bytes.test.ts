import { describeBytes } from './describe-bytes.js';

test.each([[0, '0 bytes'], [1, '1 byte'], [1023, '1023 bytes'], [1024, '1.0 KiB'], [1536, '1.5 KiB'], [1024 * 1024 - 1, '1.0 MiB'], [5 * 1024 ** 3, '5.0 GiB'], [3000 * 1024 ** 4, '3000.0 TiB']])('%d is %s', (bytes, text) => {
  expect(describeBytes(bytes)).toBe(text);
});
