import type { ErrorPage } from '../diagnostic/error-page.js';
import type { planCodes } from './plan-codes.js';

/** What is behind the codes of the plan. */
export const planPages: Readonly<Record<keyof typeof planCodes, ErrorPage>> = {
  TG2201: {
    meaning: 'Steps or phases need each other in a circle, so that none of them could ever start. The message goes round it step by step.',
    why: 'Each waits until the one that it needs has ended.',
    fix: 'Remove one of the needs that are named. A step without `needs` waits for the one written before it: `needs: []` lets it start at once.',
    example: { wrong: '- { id: build, command: ./build, needs: [test] }\n- { id: test, command: ./test, needs: [build] }', right: '- { id: build, command: ./build }\n- { id: test, command: ./test, needs: [build] }' },
  },
  TG2202: {
    meaning: 'An expression or a need asks for a step that cannot have ended when it is read: it comes later, it is the step itself, or it only runs after a NO-GO, in a rollback or in the clean-up.',
    why: 'Its outputs would never be there.',
    fix: 'Move the step that is asked for before the one that asks, or ask for another.',
    example: { wrong: '- { id: show, command: "echo {{ make.stdout }}" }\n- { id: make, command: date }', right: '- { id: make, command: date }\n- { id: show, command: "echo {{ make.stdout }}" }' },
  },
  TG2203: {
    meaning: 'Two steps declare the same output path, or one a folder and the other a file in it, and neither comes before the other.',
    why: 'They can run side by side: what lies there in the end would be chance.',
    fix: 'Let one need the other, or write to another path.',
    example: { wrong: '- { id: unit, command: ./unit, needs: [], outputs: { report: report.xml } }\n- { id: e2e, command: ./e2e, needs: [], outputs: { report: report.xml } }', right: '- { id: unit, command: ./unit, needs: [], outputs: { report: unit.xml } }\n- { id: e2e, command: ./e2e, needs: [], outputs: { report: e2e.xml } }' },
  },
  TG2204: {
    meaning: 'The axes of a matrix make more than 10,000 combinations.',
    why: 'Each cell has its own key, result and log. A number like this is nearly always an axis too many.',
    fix: 'Leave out an axis, use `include` for the combinations that matter, or several steps.',
    example: { wrong: 'matrix: { a: [ … 200 … ], b: [ … 200 … ] }', right: 'matrix:\n  include:\n    - { a: 1, b: 1 }\n    - { a: 2, b: 2 }' },
  },
};
