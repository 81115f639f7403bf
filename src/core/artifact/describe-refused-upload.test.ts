import { describeRefusedUpload, type UploadFault } from './describe-refused-upload.js';

const fault = (path: string, given: Partial<UploadFault> = {}): UploadFault => ({ path, what: 'a private key', from: 'name', ...given });

test('each file is named with its rule, and how it is left out', () => {
  expect(describeRefusedUpload([fault('dist/tls.key'), fault('dist/app.js', { what: 'a token of GitHub', from: 'content' })])).toBe(
    "whoever may read the repository could download dist/tls.key (by its name a private key), dist/app.js (it holds a token of GitHub): leave each of them out with '!dist/tls.key' under artifacts.paths, or do not write it there",
  );
});

test('of many the first are named and the rest counted', () => {
  const text = describeRefusedUpload(Array.from({ length: 25 }, (_, index) => fault(`k${index}.pem`)));
  expect([text.includes('k9.pem'), text.includes('k10.pem'), text.includes('and 15 more')]).toEqual([true, false, true]);
});

test('a path can say nothing to a runner or a terminal, and is not as long as it likes', () => {
  const text = describeRefusedUpload([fault(`a\n::error::x\u001b[31m${'x'.repeat(5000)}.pem`)]);
  expect(text).not.toMatch(/[\u0000-\u001f]/u);
  expect(text.length).toBeLessThan(1000);
});
