import type { Expressive } from '../shape/setting.js';
import { findExpressives } from './find-expressives.js';
import type { Outline, PlacedGroup, PlacedStep } from './outline.js';

/** When in a run an expression is read: what can have ended by then follows from it. */
export type Site =
  | { readonly kind: 'start' }
  | { readonly kind: 'phase'; readonly phase: number }
  | { readonly kind: 'group'; readonly group: PlacedGroup }
  | { readonly kind: 'step'; readonly step: PlacedStep }
  /** A step's own rollback command: read long after it ended. */
  | { readonly kind: 'rollback'; readonly of: PlacedStep }
  | { readonly kind: 'gate'; readonly phase: number }
  | { readonly kind: 'end' };

export interface SitedExpressive {
  readonly site: Site;
  readonly expressive: Expressive;
  /** Inside a criterion, what its `run` gave can be read. */
  readonly criterion: boolean;
  /** The shell that its text is for, where that is not the workflow's own. */
  readonly shell: 'bash' | 'sh' | undefined;
}

/** Every expression of a workflow with the moment at which it is read. */
export function findSites(outline: Outline): readonly SitedExpressive[] {
  const found: SitedExpressive[] = [];
  const add = (site: Site, piece: unknown, options: SiteOptions = {}): void => {
    for (const expressive of findExpressives(piece, options.except)) found.push({ site, expressive, criterion: options.criterion ?? false, shell: options.shell });
  };
  const { workflow } = outline;
  add({ kind: 'start' }, workflow, { except: ['phases', 'finally', 'cleanup', 'outputs', 'next_steps', 'notify', 'resume_when'] });
  outline.phases.forEach(({ phase }, index) => {
    add({ kind: 'phase', phase: index }, phase, { except: ['steps', 'gate'] });
    const gate: Site = { kind: 'gate', phase: index };
    add(gate, phase.gate, { except: ['on_no_go', 'criteria'] });
    for (const criterion of phase.gate?.criteria ?? []) {
      add(gate, criterion, { except: ['check', 'message', 'ratchet'], shell: criterion.shell?.value });
      add(gate, { check: criterion.check, message: criterion.message, ratchet: criterion.ratchet }, { criterion: true });
    }
  });
  for (const group of outline.groups) add({ kind: 'group', group }, group.group, { except: ['steps'] });
  for (const step of outline.steps) {
    const shell = shellOf(step);
    add({ kind: 'step', step }, step.step, { shell, except: ['rollback', 'recovery'] });
    add({ kind: 'rollback', of: step }, { recovery: step.step.recovery }, { shell });
    if (step.step.rollback !== undefined && !('length' in step.step.rollback)) add({ kind: 'rollback', of: step }, step.step.rollback, { shell });
  }
  add({ kind: 'end' }, { outputs: workflow.outputs, next: workflow.next_steps, notify: workflow.notify, resume: workflow.resume_when });
  return found;
}

interface SiteOptions {
  readonly except?: readonly string[];
  readonly criterion?: boolean;
  readonly shell?: 'bash' | 'sh' | undefined;
}

function shellOf({ step }: PlacedStep): 'bash' | 'sh' | undefined {
  return (step.own['shell'] as { readonly value: 'bash' | 'sh' } | undefined)?.value;
}
