// check-health.mjs <url> <expected environment>: the server says that it is well, and is the one that we mean.
import { stopOn } from './support.mjs';

const [url, environment] = process.argv.slice(2);
const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).catch((error) => stopOn([`no answer from ${url}: ${error.cause?.code ?? error.message}`]));
const body = await response.json();
stopOn([
  ...(response.status === 200 ? [] : [`${url}/health answers ${response.status}`]),
  ...(body.environment === environment ? [] : [`another server answers at ${url}: it serves '${body.environment}', not '${environment}'`]),
]);
console.log(`healthy, ${body.modules} modules, ${body.environment}`);
