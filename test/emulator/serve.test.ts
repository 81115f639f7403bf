import { spawn } from 'node:child_process';
import { join } from 'node:path';

const readLines = (text: string): Record<string, string> => Object.fromEntries(text.trim().split('\n').map((line) => line.split(/=(.*)/su).slice(0, 2) as [string, string]));

test('standing alone it prints the environment of a job, makes others, and says at its end what was asked', async () => {
  const child = spawn(process.execPath, [join(process.cwd(), 'test', 'emulator', 'serve.mjs'), '--port', '0', '--run', '7', '--pull', '3', '--fault', 'cache.finalize=error-500'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => { log += piece; });
    const printed = await new Promise<string>((resolve) => {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        output += piece;
        if (output.endsWith('\n\n')) resolve(output);
      });
    });
    const env = readLines(printed);
    expect(env).toMatchObject({ GITHUB_RUN_ID: '7', GITHUB_REF: 'refs/pull/3/merge', GITHUB_EVENT_NAME: 'pull_request', ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: `${env.GITHUB_API_URL ?? ''}/` });
    const control = async (name: string, ...given: readonly unknown[]): Promise<unknown> => (await fetch(`${env.GITHUB_API_URL ?? ''}/_emulator/${name}`, { method: 'POST', body: JSON.stringify(given) })).json();
    expect(await control('env', { runId: 7, attempt: 2, job: 'test' })).toMatchObject({ GITHUB_RUN_ATTEMPT: '2', GITHUB_JOB: 'test' });
    await control('plant', { key: 'one', bytes: Buffer.from('one').toString('base64') });
    expect(await control('entries')).toMatchObject([{ key: 'one', size: 3 }]);
    expect(await control('fault', { fault: 'melted' })).toContain('there is no fault melted');
    const finalize = await fetch(`${env.ACTIONS_RESULTS_URL ?? ''}twirp/github.actions.results.api.v1.CacheService/FinalizeCacheEntryUpload`, {
      method: 'POST', headers: { authorization: `Bearer ${env.ACTIONS_RUNTIME_TOKEN ?? ''}`, 'content-type': 'application/json' }, body: JSON.stringify({ key: 'two', version: 'v' }),
    });
    expect([finalize.status, await control('requests')]).toMatchObject([500, [{ call: 'cache.finalize', name: 'two', job: '7/1/build', fault: 'error-500' }]]);
    child.kill('SIGINT');
    expect([await ended, log]).toEqual([0, 'cache.finalize 500 two 7/1/build\n']);
  } finally {
    child.kill('SIGKILL');
  }
});
