import { scriptParts } from '../../definition/check/check-expressions.js';
import { locateText } from '../../definition/shape/report-text-problem.js';
import { findForeignPrograms } from '../../script/find-foreign-programs.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Values in the program text of ssh, awk, jq and their like: safe from the shell, and evaluated by what it starts. */
export const valueInProgram: LintRule = { name: 'value-in-program', codes: ['TG4011'], find: findValuesInPrograms };

function findValuesInPrograms({ sites, source }: LintSubject): readonly LintFinding[] {
  return sites.flatMap(({ site, expressive }) => {
    if (expressive.kind !== 'shell' || expressive.template.every((part) => part.kind === 'text')) return [];
    return findForeignPrograms(scriptParts(expressive, [])).map(
      ({ program, at }): LintFinding => ({
        code: 'TG4011',
        severity: 'warning',
        message: `this value becomes part of the program that ${program} runs: a hostile one is code there`,
        span: locateText(source, expressive, at),
        hint: waysOut.find(([name]) => program.startsWith(name))?.[1] ?? 'hand it over as an argument or by env:',
        ...(site.kind === 'step' ? { step: site.step } : {}),
      }),
    );
  });
}

const waysOut: readonly (readonly [program: string, way: string])[] = [
  ['awk', "hand it over as a variable: awk -v name={{ … }} '… name …'"],
  ['jq', "hand it over as an argument: jq --arg name {{ … }} '… $name …'"],
  ['python', "hand it over as an argument: python -c '… sys.argv[1] …' {{ … }}"],
  ['node', "hand it over as an argument: node -e '… process.argv[1] …' {{ … }}"],
  ['psql', "hand it over as a variable, in a script from a file or from standard input: psql -v name={{ … }}, written :'name' there"],
  ['sed', 'check the value first, or do the replacement in a language that takes it as an argument'],
  ['ssh', "quote it for the shell over there (bash: printf '%q'), or send it through standard input"],
  ['su', "hand it over as an argument: su … -c '… \"$1\"' -- _ {{ … }}"],
];
