import { passedPatterns } from '../../core/run/environment/step-variables.js';
import type { PlacedStep } from '../../core/definition/check/outline.js';
import type { ChosenEnvironment } from '../../core/run/environment/choose-environment.js';
import { chooseEnvironment } from '../../core/run/environment/choose-environment.js';
import type { StepFiles } from '../../ports/run-store.js';
import type { RunJob } from '../run-job.js';

/** What a step's commands find in their environment. */
export interface StepEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly withheld: readonly string[];
}

export interface StepEnvironments {
  readonly of: (placed: PlacedStep, made: { readonly env: Readonly<Record<string, string>>; readonly files: StepFiles }) => StepEnvironment;
}

/** Steps that pass the same variables share what is chosen for them. */
export function createStepEnvironments({ parsed: { outline }, around, given, workspace }: RunJob): StepEnvironments {
  const chosen = new Map<string, ChosenEnvironment>();
  const choose = (passed: readonly string[]): ChosenEnvironment => {
    const key = passed.join('\n');
    const known = chosen.get(key) ?? chooseEnvironment(around, passed);
    chosen.set(key, known);
    return known;
  };
  return {
    of: (placed, { env, files }) => {
      const phase = placed.lane.kind === 'phase' ? outline.phases[placed.lane.phase]?.phase : undefined;
      const passed = passedPatterns(placed, outline);
      const { env: base, withheld } = choose(passed);
      const secrets = [...(phase?.secrets ?? []), ...(placed.step.secrets ?? [])].flatMap(({ value }): [string, string][] => {
        const secret = given.secrets[value];
        return secret === undefined ? [] : [[value, secret]];
      });
      const own = { TOLLGATE_WORKSPACE: workspace, TOLLGATE_OUTPUT: files.output, GITHUB_OUTPUT: files.output, TOLLGATE_SUMMARY: files.summary, GITHUB_STEP_SUMMARY: files.summary };
      return { env: { ...base, ...env, ...Object.fromEntries(secrets), ...own }, withheld };
    },
  };
}
