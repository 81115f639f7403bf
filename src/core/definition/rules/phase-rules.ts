import { inSection, means, mustHold } from './rule.js';

export const phaseRules = inSection('Phases and gates', [
  mustHold('phase-has-steps', 'A phase has steps or a gate.'),
  means('phase-order', 'Phases run in order, or by their `needs`; `needs: []` starts at once.'),
  mustHold('phase-cycle', 'Phases that wait for each other are refused.'),
  mustHold('gate-has-proof', 'A gate has a criterion or an `approve`.'),
  mustHold('criterion-one-of', 'A criterion is one of `run`, `check`, `ratchet` and `manual`; only `run` and `check` go together.'),
  means('gate-approve', '`approve` takes the fields of an `approval` step.'),
  mustHold('protect-forms', '`protect` is a list of globs or `{ paths, exception: approval }`, at workflow, phase or gate.'),
  mustHold('preflight-one-of', 'A pre-flight check has one of `tool`, `env`, `file`, `run`, `check` and `url`; `version` goes with a `tool`.'),
  mustHold('finally-references', 'Steps of `finally` and `on_no_go` can ask for everything that ran before them.'),
  mustHold('cleanup-apart', 'Steps of `cleanup` run on request alone: nothing else can wait for them.'),
  means('reserved-maps', '`services`, `profiles`, `resume_when` and `notify` are reserved: maps or text.'),
]);

export const budgetRules = inSection('Budgets', [
  mustHold('budget-amounts', 'Amounts are above 0; tokens can be written as `500k` or `2M`, `warn_at` is a share such as `80%`.'),
  mustHold('budget-per', '`per: run | day | month` stands at the budget of the workflow.'),
]);

export const githubRules = inSection('On GitHub', [
  mustHold('on-events', '`on` is an event, a list of events, or a map from events to filters: push, pull_request, workflow_dispatch, repository_dispatch, workflow_run.'),
  mustHold('schedule-cron', '`cron` has five fields within their ranges.'),
  mustHold('schedule-timezone', '`timezone` is a time zone such as America/New_York.'),
  means('github-means-nothing-else', '`on` and `github` shape the compiled workflow and mean nothing else.'),
]);
