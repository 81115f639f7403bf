import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTable } from '../../src/cli/commands.js';
import { optionsOf } from '../../src/cli/parse-arguments.js';
import { specOf } from '../../src/cli/options.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

/** A place with the script, and a `tollgate` that answers what the script asks it, as the real one would. */
async function createShell(): Promise<Place & { readonly complete: (line: string) => readonly string[] }> {
  const place = createPlace({ 'plan b.yml': '', 'sub/x': '', 'bin/tollgate': '#!/bin/sh\necho "$*" >> "$CALLS"\ncase "$*" in *workflows) printf "build\\nci\\nnightly\\n" ;; *codes) printf "TG1001\\nTG1031\\nTG2203\\n" ;; esac\n' });
  chmodSync(join(place.folder, 'bin/tollgate'), 0o755);
  place.write('script', (await place.call(['completion', 'bash'])).out);
  place.write(
    'drive',
    `source ./script
read -r -a COMP_WORDS <<< "$1"
words=(); for each in "\${COMP_WORDS[@]}"; do case "$each" in *?=*) words+=("\${each%%=*}" "=" "\${each#*=}") ;; *=) words+=("\${each%=}" "=") ;; *) words+=("$each") ;; esac; done
case "$1" in *" ") words+=("") ;; esac
COMP_WORDS=("\${words[@]}"); COMP_CWORD=$((\${#words[@]} - 1))
_tollgate; for each in "\${COMPREPLY[@]}"; do printf '%s\\n' "$each"; done
`,
  );
  const complete = (line: string): readonly string[] =>
    execFileSync('bash', ['--noprofile', '--norc', 'drive', line], { cwd: place.folder, env: { PATH: `${join(place.folder, 'bin')}:${process.env['PATH'] ?? ''}`, CALLS: join(place.folder, '.asked') }, encoding: 'utf8' })
      .split('\n')
      .filter((each) => each !== '');
  return { ...place, complete };
}

test('bash completes commands, flags, choices, workflows and codes', async () => {
  const { complete } = await createShell();
  expect(complete('tollgate ')).toEqual(commandTable.map(({ name }) => name));
  expect(complete('tollgate pl')).toEqual(['plan']);
  expect(complete('tollgate help va')).toEqual(['validate']);
  expect(complete('tollgate completion ')).toEqual(['bash', 'zsh', 'fish']);
  expect(complete('tollgate run ci --cache ')).toEqual(['on', 'read', 'off']);
  expect(complete('tollgate run ci --cache=')).toEqual(['on', 'read', 'off']);
  expect(complete('tollgate run ci --cache=r')).toEqual(['read']);
  expect(complete('tollgate plan c')).toEqual(['ci']);
  expect(complete('tollgate plan b')).toEqual(['build', 'bin']);
  expect(complete('tollgate --folder=sub --state-dir x plan n')).toEqual(['nightly']);
  expect(complete('tollgate errors TG10')).toEqual(['TG1001', 'TG1031']);
  expect(complete('tollgate -C s')).toEqual(['sub']);
  expect(complete('tollgate plan ci --input ')).toEqual([]);
  expect(complete('tollgate plan ci --inputs plan')).toEqual(['plan b.yml']);
});

test('bash offers a command the flags of the table, no more and no less', async () => {
  const { complete } = await createShell();
  for (const command of commandTable) {
    const wanted = optionsOf(command).flatMap((name) => [`--${name}`, ...(specOf(name).short === undefined ? [] : [`-${specOf(name).short ?? ''}`])]);
    expect([command.name, ...complete(`tollgate ${command.name} -`)].sort()).toEqual([command.name, ...wanted].sort());
  }
});

test('bash asks for the workflows of the folder that the call names', async () => {
  const { complete, folder } = await createShell();
  complete('tollgate -C sub plan n');
  complete('tollgate plan n');
  const asked = execFileSync('cat', [join(folder, '.asked')], { encoding: 'utf8' });
  expect(asked).toBe('-C sub completion workflows\ncompletion workflows\n');
});

test('a file name that a shell would run is only a name', async () => {
  const { complete, folder } = await createShell();
  mkdirSync(join(folder, 'd'));
  writeFileSync(join(folder, 'e$(touch canary)`touch canary`;touch canary.yml'), '');
  expect(complete('tollgate validate e')).toEqual(['e$(touch canary)`touch canary`;touch canary.yml']);
  expect(complete('tollgate validate can')).toEqual([]);
});

test.each(['zsh', 'fish'])('the script for %s names every command, flag and choice of the table', async (shell) => {
  const { exitCode, out } = await createPlace().call(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const command of commandTable) {
    expect(out).toContain(command.name);
    for (const name of optionsOf(command)) {
      expect(out).toMatch(shell === 'zsh' ? new RegExp(`\\*--${name}[=\\[]`, 'u') : new RegExp(`-l ${name} `, 'u'));
      for (const choice of specOf(name).choices ?? []) expect(out).toContain(choice);
    }
  }
});
