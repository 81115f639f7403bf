// What the services take, as their .proto files say it in JSON (field names as in the file, defaults left out).

const wrapped = (check) => (value) => check(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 1 && check(value.value));
const text = (value) => typeof value === 'string';
const whole = (value) => Number.isInteger(value);
const long = (value) => (typeof value === 'string' && /^-?\d{1,19}$/u.test(value)) || Number.isSafeInteger(value);
const time = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/u.test(value) && !Number.isNaN(Date.parse(value));
const texts = (value) => Array.isArray(value) && value.every(text);
const metadata = (value) => typeof value === 'object' && value !== null && Object.keys(value).every((key) => key === 'repository_id' || key === 'scope');
const ids = { workflow_run_backend_id: [text, 'needed'], workflow_job_run_backend_id: [text, 'needed'] };

/** A field is `[check, 'needed']` or `[check]`. */
const shapes = {
  'cache.lookup': { metadata: [metadata], key: [text, 'needed'], restore_keys: [texts], version: [text, 'needed'] },
  'cache.create': { metadata: [metadata], key: [text, 'needed'], version: [text, 'needed'] },
  'cache.finalize': { metadata: [metadata], key: [text, 'needed'], size_bytes: [long], version: [text, 'needed'] },
  'artifact.create': { ...ids, name: [text, 'needed'], expires_at: [time], version: [whole, 'needed'], mime_type: [wrapped(text)] },
  'artifact.finalize': { ...ids, name: [text, 'needed'], size: [long], hash: [wrapped(text)] },
  'artifact.list': { ...ids, name_filter: [wrapped(text)], id_filter: [wrapped(long)] },
  'artifact.sign': { ...ids, name: [text, 'needed'] },
  'artifact.delete': { ...ids, name: [text, 'needed'] },
};

/** @returns {readonly string[]} What is wrong with the message of a call. */
export function findShapeFaults(call, message) {
  const shape = shapes[call];
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return ['the message is no object'];
  const faults = Object.keys(message).filter((key) => !(key in shape)).map((key) => `there is no field ${key}`);
  for (const [key, [check, needed]] of Object.entries(shape)) {
    if (message[key] === undefined || message[key] === '') {
      if (needed !== undefined) faults.push(`${key} is needed`);
    } else if (!check(message[key])) faults.push(`${key} is of another type`);
  }
  return faults;
}

/** A wrapped value is written bare in JSON. */
export function unwrap(value) {
  return typeof value === 'object' && value !== null ? value.value : value;
}
