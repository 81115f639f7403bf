// The work that every tool is given: a layered graph of small tasks, or one task with 10,000 inputs. Same size, same bytes.
import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const sizes = ['1', '10', '100', '1000', 'big'];

/** Each task reads a folder of its own and the outputs of two tasks of the layer before, and writes one file. */
export function describeWorkload(size) {
  const tasks = size === 'big' ? [describeBigTask()] : describeLayers(Number(size));
  return { size, tasks, root: tasks[0], leaf: tasks.at(-1) };
}

function describeLayers(count) {
  const width = count >= 100 ? 10 : count >= 10 ? 5 : 1;
  return Array.from({ length: count }, (_, index) => {
    const [layer, place] = [Math.floor(index / width), index % width];
    const needs = layer === 0 ? [] : [...new Set([place, (place + 1) % width])].map((each) => nameTask((layer - 1) * width + each));
    const folder = `tasks/${nameTask(index)}`;
    const inputs = Array.from({ length: 5 }, (_, file) => `${folder}/in/f${file}.txt`);
    const command = `cat ${['in/*.txt', ...needs.map((id) => `../${id}/out.txt`)].join(' ')} | sha256sum > out.txt`;
    return { id: nameTask(index), folder, needs, inputs, bytes: 2_048, output: `${folder}/out.txt`, command };
  });
}

function describeBigTask() {
  const folder = `tasks/${nameTask(0)}`;
  const inputs = Array.from({ length: 10_000 }, (_, file) => `${folder}/in/d${pad(Math.floor(file / 100))}/f${pad(file)}.txt`);
  const command = 'find in -type f | LC_ALL=C sort | xargs cat | sha256sum > out.txt';
  return { id: nameTask(0), folder, needs: [], inputs, bytes: 20_000, output: `${folder}/out.txt`, command };
}

const pad = (number) => String(number).padStart(4, '0');
const nameTask = (index) => `t${pad(index)}`;

/** The same work where each command first leaves a byte in `log`: what really ran is counted there. */
export function countCommands({ tasks, ...rest }, log) {
  const counted = tasks.map((task) => ({ ...task, command: `echo >> '${log}'; ${task.command}` }));
  return { ...rest, tasks: counted, root: counted[0], leaf: counted.at(-1) };
}

export function writeInputs(workspace, { tasks }) {
  for (const { inputs, bytes } of tasks) {
    for (const input of inputs) writeFile(workspace, input, `${`${input}, line by line\n`.repeat(bytes / 20).slice(0, bytes - 1)}\n`);
  }
}

export function writeFile(workspace, path, content) {
  const file = join(workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}

/** Waits first: an edit within the same tick of the file system's clock as the last run is no fair question. */
export function editInput(workspace, { inputs: [input] }, text) {
  pause(25);
  appendFileSync(join(workspace, input), text);
}

export function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

export function removeOutputs(workspace, { tasks }) {
  for (const { output } of tasks) rmSync(join(workspace, output), { force: true });
}

/** What every output has to hold, byte for byte, worked out here and not by any tool. */
export function expectOutputs(workspace, { tasks }) {
  const expected = new Map();
  for (const { id, inputs, needs } of tasks) {
    const hash = createHash('sha256');
    for (const input of inputs) hashFile(hash, join(workspace, input));
    for (const need of needs) hash.update(expected.get(need));
    expected.set(id, `${hash.digest('hex')}  -\n`);
  }
  return expected;
}

const chunk = Buffer.allocUnsafe(65_536);

/** Through one buffer: the more memory this process has written, the longer it takes to start another. */
function hashFile(hash, file) {
  const descriptor = openSync(file, 'r');
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) hash.update(chunk.subarray(0, read));
  closeSync(descriptor);
}

export function countWrongOutputs(workspace, { tasks }, expected) {
  return tasks.filter(({ id, output }) => readOutput(join(workspace, output)) !== expected.get(id)).length;
}

function readOutput(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The task itself and everything that comes after it. */
export function countAfter({ tasks }, { id }) {
  const reached = new Set([id]);
  for (const task of tasks) if (task.needs.some((need) => reached.has(need))) reached.add(task.id);
  return reached.size;
}
