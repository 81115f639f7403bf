import { list, optional } from '../shape/collection.js';
import { duration } from '../shape/duration.js';
import { number } from '../shape/scalar.js';
import { text } from '../shape/text.js';
import { inputs } from './input-shape.js';

/** An approval asks the same whether it is a step or a gate. */
export const approvalFields = {
  message: optional(text(), 'what is asked'),
  approvers: optional(list(text('a person or team'), 1), 'who may approve'),
  quorum: optional(number('a whole number from 1', { min: 1, integer: true }), 'how many must approve (default: 1)'),
  expires: optional(duration(), 'how long it can be given'),
  inputs: optional(inputs(), 'filled by the approver: its outputs'),
};

