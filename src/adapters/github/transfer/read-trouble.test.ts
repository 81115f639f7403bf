import { readGivenUp, readProgress } from './read-printed.js';
import { readTrouble } from './read-trouble.js';

test.each([
  ['Failed to GetCacheEntryDownloadURL: Failed to make request after 5 attempts: Failed request: (503) Service Unavailable', 'server', 'HTTP 503'],
  ["Failed to GetCacheEntryDownloadURL: Failed to make request after 5 attempts: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON", 'server', 'what it answered is no JSON'],
  ['Unterminated string in JSON at position 37', 'server', 'what it answered is no JSON'],
  ["Expected ',' or '}' after property value in JSON at position 9", 'server', 'what it answered is no JSON'],
  ['<!DOCTYPE html>\n<html><head><title>Unicorn!</title>', 'server', 'what it answered is a web page'],
  ['', 'fault', 'it did not say why'],
  ['Cache service responded with 502', 'server', 'HTTP 502'],
  ['Unable to make request: ECONNREFUSED\nIf you are using self-hosted runners, …', 'unreachable', 'ECONNREFUSED'],
  ['socket hang up', 'unreachable', 'socket hang up'],
  ['Premature close', 'unreachable', 'Premature close'],
  ['Failed to CreateArtifact: Received non-retryable error: Failed request: (403) Forbidden: token expired', 'denied', 'HTTP 403'],
  ['Unexpected HTTP response from blob storage: 404 Not Found', 'gone', 'HTTP 404'],
  ['Unexpected HTTP response from blob storage: 403 Forbidden', 'refused', 'HTTP 403'],
  ['Received non-retryable error: Failed request: (400) Bad Request: malformed', 'refused', 'HTTP 400'],
  ['Rate limited: Failed request: (429) Too Many Requests', 'rate-limit', 'HTTP 429'],
  ['Artifact storage quota has been hit. Unable to upload any new artifacts.\nMore info', 'quota', 'Artifact storage quota has been hit. Unable to upload any new artifacts.'],
  ['cache read denied: no scope', 'denied', 'cache read denied: no scope'],
  ['something at https://blob.example.com/a/b?sig=SECRET&se=1 went wrong', 'fault', 'something at https://blob.example.com/a/b went wrong'],
])('%s', (message, cause, detail) => {
  expect(readTrouble(message)).toEqual({ cause, detail });
});

test.each([["You've hit a rate limit, your rate limit will reset in 90 seconds", 90], ['Headers: {\n  "retry-after": "7",\n  "x": "y"\n}', 7], ['Headers: {"retry-after":"soon"}', undefined]])('too many requests, after «%s»', (line, retryAfter) => {
  expect(readTrouble('Failed request: (429) Too Many Requests', ['another line', line])).toEqual({ cause: 'rate-limit', detail: 'HTTP 429', ...(retryAfter === undefined ? {} : { retryAfter }) });
});

test('a client is stopped at its second failure, and at the first that will not pass', () => {
  const say = (attempt: number, why: string): string => `Attempt ${attempt} of 5 failed with error: ${why}. Retrying request in 3000 ms...`;
  expect(readGivenUp(say(1, 'Failed request: (503) Service Unavailable'), [])).toBeUndefined();
  expect(readGivenUp(say(2, 'Failed request: (503) Service Unavailable'), [])).toEqual({ cause: 'server', detail: 'HTTP 503' });
  expect(readGivenUp(say(1, 'Failed request: (429) Too Many Requests'), [])?.cause).toBe('rate-limit');
  expect(readGivenUp('Failed to download artifact after 1 retries due to Unexpected HTTP response from blob storage: 404 Not Found. Retrying in 5 seconds...', [])?.cause).toBe('gone');
  expect(readGivenUp('Cache hit for: a', [])).toBeUndefined();
});

test('how far a client is', () => {
  expect(['Received 4096 of 8192 (50.0%), 1.0 MBs/sec', 'Sent 1 of 2 (50.0%), 0.1 MBs/sec', 'Uploaded bytes 77', 'Received nothing'].map(readProgress)).toEqual([4096, 1, 77, undefined]);
});
