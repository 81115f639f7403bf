import type { Expressive } from '../../definition/shape/setting.js';
import { findExpressives } from '../../definition/check/find-expressives.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import type { ReadValue } from '../read-uses.js';
import { locateRead, nameRead, readUses } from '../read-uses.js';

/** Texts that anyone can write on GitHub, in the middle of what an agent is told to do. */
export const untrustedPrompt: LintRule = { name: 'untrusted-prompt', codes: ['TG4019'], find: findUntrustedPrompts };

function findUntrustedPrompts({ outline, source }: LintSubject): readonly LintFinding[] {
  return outline.steps.flatMap((placed) => {
    if (placed.step.type !== 'agent') return [];
    const places: readonly Expressive[] = findExpressives({ prompt: placed.step.own['prompt'] });
    return places.flatMap(readUses).filter(isOfStrangers).map(
      (read): LintFinding => ({
        code: 'TG4019',
        severity: 'warning',
        message: `${nameRead(read)} is written by whoever opens an issue or a pull request, and becomes part of the agent's task`,
        span: locateRead(source, read),
        hint: 'write it to a file in a step before, and let the prompt name the file as data; keep security_profile: restricted',
        step: placed,
      }),
    );
  });
}

function isOfStrangers({ context, path }: ReadValue): boolean {
  if (context !== 'github') return false;
  const words = path.map((word) => word.toLowerCase());
  if (words[0] === 'head_ref') return true;
  return words[0] === 'event' && (words.length === 1 || /^(?:title|body|message|page_name|ref|label|email|name)$/u.test(words.at(-1) ?? '')) && words[1] !== 'repository';
}
