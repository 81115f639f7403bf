import { describe, expect, test } from '@jest/globals';
import { useRepository } from './use-repository.js';

const world = useRepository();
const key = 'a-key-that-is-long-enough-for-anybody';

const keeping = (make: string, artifacts = 'artifacts: { name: coverage, paths: [out] }'): string => `name: measure
defaults: { shell: sh }
steps:
  - id: cover
    command: echo cover >> ../ran; mkdir -p out; ${make}
    ${artifacts}
  - { id: last, command: "echo last >> ../ran; test -f pass.txt" }
`;

/** A failed comparison shows no bytes. */
const names = (): readonly string[] => uploads().map(({ name }) => name);
const uploads = () => world.github.artifacts().filter(({ name }) => !name.startsWith('tollgate-state'));
const day = 24 * 60 * 60 * 1000;
const daysOf = ({ createdAt, expiresAt }: { readonly createdAt: number; readonly expiresAt: number }): number => Math.round((expiresAt - createdAt) / day);

describe('declared artifacts', () => {
  test('are uploaded with each attempt, as long as they say, else as the job says', async () => {
    const { repository } = world;
    repository.write('ci.yml', keeping('echo 98 > out/percent.txt'));
    const first = await repository.job({ runId: 1 }, { 'artifact-retention-days': '5' });
    expect([first.main.exitCode, repository.takeCounts()]).toEqual([1, { cover: 1, last: 1 }]);
    expect(uploads().map((each) => [/-a1-/u.test(each.name), daysOf(each)])).toEqual([[true, 5]]);
    repository.write('pass.txt', '');
    repository.write('ci.yml', keeping('echo 99 > out/percent.txt', 'artifacts: { name: coverage, paths: [out], retention_days: 3 }'));
    const second = await repository.job({ runId: 1, attempt: 2 }, { 'artifact-retention-days': '5' });
    expect([second.main.exitCode, repository.takeCounts()]).toEqual([0, { cover: 1, last: 1 }]);
    expect(uploads().map((each) => [/-a2-/u.test(each.name), daysOf(each)]).at(-1)).toEqual([true, 3]);
    expect(new Set(uploads().map(({ name }) => name)).size).toBe(2);
  });

  test.each([
    ['a file of the environment', 'echo A=1 > out/.env', 'out/.env'],
    ["git's own file", 'mkdir -p out/.git; echo "[core]" > out/.git/config', 'out/.git'],
    ['a key', `printf -- '-----BEGIN %s KEY-----\\nMIIEowIBAAKCAQEAxyzABCDEFGHIJKLM\\n-----END %s KEY-----\\n' 'RSA PRIVATE' 'RSA PRIVATE' > out/notes.txt`, 'out/notes.txt'],
    ['a token', `printf 'gh%s' p_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5 > out/log.txt`, 'out/log.txt'],
  ])('with %s are not uploaded, and what is in them is nowhere', async (_, make, path) => {
    const { github, repository } = world;
    repository.write('ci.yml', keeping(make));
    repository.write('pass.txt', '');
    const { main, post } = await repository.job({ runId: 1 });
    const said = `${main.output}${post.output}${main.summary}`;
    expect([names(), said.includes(path)]).toEqual([[], true]);
    for (const text of [said, ...github.artifacts().map(({ bytes }) => bytes?.toString('latin1') ?? ''), ...github.entries().map(({ bytes }) => bytes?.toString('latin1') ?? '')]) expect(text).not.toContain('p_aB3dE5gH7jK9');
    expect([main.exitCode, main.commands.filter(({ name, data }) => name === 'warning' && data.includes(path)).length]).toEqual([0, 1]);
  });

  test("with the job's own token are not uploaded", async () => {
    const { repository } = world;
    repository.write('ci.yml', keeping('cp token.txt out/report.txt'));
    repository.write('token.txt', 'gho-token-of-this-very-job-1234567890');
    const { main } = await repository.job({ runId: 1 }, { 'github-token': 'gho-token-of-this-very-job-1234567890' });
    expect(names()).toEqual([]);
    expect(main.output).toContain('out/report.txt');
    expect(main.output.split('\n').filter((line) => line.includes('gho-token-of-this-very-job-1234567890') && !line.startsWith('::add-mask::'))).toEqual([]);
    expect(main.summary).not.toContain('gho-token-of-this-very-job-1234567890');
  });

  test('sealed, show nothing of themselves', async () => {
    const { repository } = world;
    repository.write('ci.yml', keeping('echo the-plain-word > out/plain-name.txt'));
    repository.write('pass.txt', '');
    const { main } = await repository.job({ runId: 1 }, { 'encryption-key': key });
    expect(main.exitCode).toBe(0);
    expect(uploads()).toHaveLength(1);
    for (const { name, bytes } of uploads()) expect([name, ['the-plain-word', 'plain-name'].filter((word) => bytes?.includes(word))]).toEqual([name, []]);
  });

  test('of one name in two cells of a matrix of GitHub stand side by side', async () => {
    const { repository } = world;
    repository.write('ci.yml', keeping('echo 98 > out/percent.txt'));
    repository.write('pass.txt', '');
    const ends = await Promise.all(['ubuntu', 'macos'].map(async (os) => await repository.job({ runId: 1, label: `1/1/build ${os}` }, { 'matrix-values': JSON.stringify({ os }) })));
    expect(ends.map(({ main }) => main.exitCode)).toEqual([0, 0]);
    expect(new Set(uploads().map(({ name }) => name)).size).toBe(2);
  });

  test('that GitHub does not take leave the run its result', async () => {
    const { github, repository } = world;
    repository.write('ci.yml', keeping('echo 98 > out/percent.txt'));
    repository.write('pass.txt', '');
    const fault = github.fault({ call: 'artifact.create', fault: 'error-500' });
    const { main } = await repository.job({ runId: 1 });
    expect([main.exitCode, fault.hits > 0]).toEqual([0, true]);
    expect(main.commands.filter(({ name }) => name === 'warning').length).toBeGreaterThanOrEqual(1);
  });
});
