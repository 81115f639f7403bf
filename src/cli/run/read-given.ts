import type { RunAsked } from '../../assembly/select-for-run.js';
import type { Call } from '../command.js';
import { describeOrigin } from '../origin.js';

/** What a call gives for inputs. Those from files are YAML, whose reader most runs do not need. */
export async function readGiven(call: Call): Promise<RunAsked['given']> {
  if (call.options.inputs.value.length > 0) return (await import('../read-given-inputs.js')).readGivenInputs(call);
  return { given: call.options.input.value.map(({ name, value, origin }) => ({ name, value, from: describeOrigin(origin) })), files: [], messages: [] };
}
