import type { StepTypes } from '../core/definition/step-type.js';
import { agentStep } from './agent/agent-step.js';
import { approvalStep } from './approval/approval-step.js';
import { assertStep } from './assert/assert-step.js';
import { httpStep } from './http/http-step.js';
import { shellStep } from './shell/shell-step.js';
import { waitStep } from './wait/wait-step.js';
import { workflowStep } from './workflow/workflow-step.js';

/** The registry: parser, schema, planner, docs and reports learn of a step type here and nowhere else. */
export const stepTypes: StepTypes = [shellStep, assertStep, agentStep, httpStep, approvalStep, waitStep, workflowStep];
