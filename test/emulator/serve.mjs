// The emulator on its own: `node test/emulator/serve.mjs --port 0 [--format env|json] [--run 1] [--attempt 1] [--job build] [--ref refs/heads/main]
// [--event push] [--repository octo-org/example] [--pull 7] [--fork] [--read-only-cache] [--latency 0] [--public] [--fault call=fault]…`
// Prints a job's environment, one NAME=value a line (or one line of JSON), then an empty line, and serves until it is ended; then its
// log and its violations go to stderr. Another job: `curl -d '[{"runId":1,"attempt":2}]' $GITHUB_API_URL/_emulator/env`; all of the API is there so. With act: `--env-file` with those lines, and `--no-cache-server`.
import { parseArgs } from 'node:util';
import { startEmulator } from './emulator.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' }, format: { type: 'string', default: 'env' }, run: { type: 'string', default: '1' }, attempt: { type: 'string', default: '1' },
    job: { type: 'string', default: 'build' }, ref: { type: 'string' }, event: { type: 'string' }, repository: { type: 'string', default: 'octo-org/example' }, pull: { type: 'string' },
    fork: { type: 'boolean', default: false }, 'read-only-cache': { type: 'boolean', default: false }, latency: { type: 'string', default: '0' }, public: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true, default: [] },
  },
});
const github = await startEmulator({ port: Number(values.port), repository: values.repository, latencyMs: Number(values.latency), visibility: values.public ? 'public' : 'private' });
for (const each of values.fault) {
  const [call, fault] = each.split('=');
  github.fault({ call, fault });
}
const env = github.env({
  runId: values.run, attempt: values.attempt, job: values.job,
  ...(values.ref === undefined ? {} : { ref: values.ref }), ...(values.event === undefined ? {} : { event: values.event }),
  ...(values.pull === undefined ? {} : { pull: { number: Number(values.pull), fork: values.fork } }), ...(values['read-only-cache'] ? { readOnlyCache: true } : {}),
});
process.stdout.write(values.format === 'json' ? `${JSON.stringify(env)}\n` : `${Object.entries(env).map(([name, value]) => `${name}=${value}`).join('\n')}\n\n`);

const held = setInterval(() => {}, 60_000);
const end = async () => {
  clearInterval(held);
  for (const { call, status, name, job } of github.requests()) console.error(`${call} ${status ?? '-'} ${name ?? ''} ${job ?? ''}`.trimEnd());
  for (const { call, reason } of github.violations()) console.error(`violation: ${call}: ${reason}`);
  if (github.violations().length > 0) process.exitCode = 1;
  await github.close();
};
process.once('SIGINT', end);
process.once('SIGTERM', end);
