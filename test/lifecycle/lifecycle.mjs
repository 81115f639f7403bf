// The life of one workflow, workflows-examples/provision.yml, from nothing to the last repair, on a freshly built bundle.
// `node test/lifecycle/lifecycle.mjs [--bin bin/tollgate.js] [--only scene]`
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundle } from '../rig/build-bundle.mjs';
import { openProject } from './project.mjs';

const { values } = parseArgs({ options: { bin: { type: 'string' }, only: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'tollgate-lifecycle-'));
const run = ['run', 'provision', '--max-parallel', '2'];
const modules = 'workflows-examples/provision/modules';
/** Steps that are not cached run every time. */
const always = ['create_app', 'verify_structure', 'migrate', 'all_built', 'apply', 'shell_environment', 'json_environment', 'choose_port', 'server', 'health_check', 'verify_routes', 'serves_what_was_built', 'write_report', 'note_result'];
const everything = ['out', 'workflows-examples', '.tollgate/runs', '.tollgate/store'];
/** What the steps of the workflow declare as outputs, as it stands in the file. */
const declared = /^out\/provision\/(?:app\/(?:node_modules\/.*|packages\.lock\.json|project\.json)|(?:packages|build)\/\w+\/(?:index\.mjs|manifest\.json)|config\.json|development\.(?:env|json)|development\/current\.json|report\.md)$/u;
const isDeclared = (path) => declared.test(path);
const isState = (path) => path.startsWith('.tollgate/');
const bin = buildBundle(scratch, values.bin);
let fresh;
let freshEnd;

const scenes = {
  'a fresh run': () => {
    fresh = openProject(join(scratch, 'fresh'), bin);
    freshEnd = fresh.call(...run);
    expectGo(freshEnd);
    assert.equal(freshEnd.result.cache.hits, 0);
    assert.ok(freshEnd.result.steps.every(({ status }) => status === 'succeeded'));
    assert.match(readFileSync(fresh.at(freshEnd.result.outputs.report), 'utf8'), /catalog/);
    return `phases 1 to 3 in ${seconds(firstThree(freshEnd))}`;
  },

  'cache: nothing changed': () => {
    const again = openProject(join(scratch, 'again'), bin, fresh).call(...run);
    expectGo(again);
    assert.deepEqual(again.executed, [...always].sort());
    assert.equal(again.result.cache.misses, 0);
    return `${again.result.cache.hits} hits`;
  },

  'cache: one module changed': () => {
    const project = openProject(join(scratch, 'changed'), bin, fresh);
    project.edit(`${modules}/catalog.mjs`, (text) => text.replace('bread: 350', 'bread: 365'));
    const changed = project.call(...run);
    expectGo(changed);
    assert.deepEqual(changed.executed, [...always, 'type_check[part=modules/catalog]', 'modules[module=catalog]', 'sync_configuration', 'validate_configuration'].sort());
    const { hits, misses } = changed.result.cache;
    assert.ok(hits / (hits + misses) > 0.7, `${hits} hits and ${misses} misses`);
    const faster = firstThree(freshEnd) / firstThree(changed);
    assert.ok(faster >= 3, `phases 1 to 3 took ${seconds(firstThree(changed))}, which is only ${faster.toFixed(1)} times faster`);
    // All of it is what a run without any earlier result makes.
    const anew = openProject(join(scratch, 'anew'), bin);
    anew.edit(`${modules}/catalog.mjs`, (text) => text.replace('bread: 350', 'bread: 365'));
    expectGo(anew.call(...run, '--no-cache'));
    assert.deepEqual(project.made(), anew.made());
    return `${hits} of ${hits + misses} hits; phases 1 to 3 in ${seconds(firstThree(changed))}, ${faster.toFixed(1)} times faster`;
  },

  'resume after a failure in 2.4': () => {
    const project = openProject(join(scratch, 'resumed'), bin);
    project.edit(`${modules}/orders.json`, (text) => text.replace('16.40 EUR', '16.41 EUR'));
    const failed = project.call(...run);
    assert.deepEqual([failed.code, failed.result.status, failed.result.steps.filter(({ failure }) => failure !== null).map(({ id, failure }) => [id, failure.code])], [1, 'failed', [['modules', 'TG3101']]]);
    assert.match(failed.log, /instead of[\s\S]*An example of the contract no longer holds/);
    project.edit(`${modules}/orders.json`, (text) => text.replace('16.41 EUR', '16.40 EUR'));
    const resumed = project.call('resume', '--max-parallel', '2');
    expectGo(resumed);
    assert.equal(resumed.result.attempt, 2);
    // What the contract is an input of, what has no key of its own behind it, and what had not been reached.
    assert.deepEqual(resumed.executed, [...always, 'install', 'type_check[part=modules/orders]', 'modules[module=orders]', 'sync_configuration', 'validate_configuration'].sort());
    assert.deepEqual(project.made(), fresh.made());
    return `${resumed.executed.length} executed in ${seconds(firstThree(resumed))}`;
  },

  'skip 1.3': () => {
    const project = openProject(join(scratch, 'skipped'), bin, fresh);
    const refused = project.call(...run, '--skip', '1.3');
    assert.deepEqual([refused.code, refused.executed], [2, []]);
    assert.match(refused.log, /--set migrate\.outputs\.schema_version=/);
    const skipped = project.call(...run, '--skip', '1.3', '--set', 'migrate.outputs.schema_version=3');
    assert.deepEqual([skipped.code, skipped.result.status, skipped.result.verdict], [0, 'succeeded', null]);
    assert.deepEqual(skipped.result.partial, ['--skip 1.3']);
    assert.ok(!skipped.executed.includes('migrate'));
    return 'refused without the value that is missing, and done with it';
  },

  'dry run': () => {
    // Each step that is not cached has run in this very workspace.
    const project = openProject(join(scratch, 'dry'), bin, fresh);
    expectGo(project.call(...run));
    project.edit('out/provision/app/modules/catalog.mjs', (text) => text.replace('bread: 350', 'bread: 365'));
    const before = project.content(...everything);
    const only = ['--phases', 'build'];
    const told = project.call(...run, ...only, '--dry-run');
    assert.deepEqual([told.code, told.executed, told.result.dry_run], [0, [], true]);
    assert.deepEqual(project.content(...everything), before);
    const done = project.call(...run, ...only);
    assert.deepEqual([done.code, done.result.verdict], [0, null]);
    const named = (answers) => told.result.forecast.filter(({ answer }) => answers.includes(answer)).map(nameCell);
    // What depends on the result of another step cannot be told before that is there: its cells are named by their step.
    const isOpen = (name) => named(['depends']).includes(name.replace(/\[.*/u, ''));
    assert.deepEqual(done.executed.filter((name) => !isOpen(name)), named(['runs', 'miss']).sort());
    assert.deepEqual(named(['miss']), ['type_check[part=modules/catalog]']);
    const [{ differences: [{ name }] }] = told.result.forecast.filter(({ answer }) => answer === 'miss');
    assert.equal(name, 'out/provision/app/modules/catalog.mjs');
    assert.equal(told.result.forecast.length, named(['runs', 'miss', 'hit', 'kept', 'depends', 'skipped']).length);
    return `${named(['hit']).length} hits, ${named(['runs', 'miss']).length} to run and ${named(['depends']).length} that depend on them foretold; nothing was touched`;
  },

  'cleanup': () => {
    const project = openProject(join(scratch, 'clean'), bin, fresh);
    // As it stands it takes all of its folder away; here it leaves something for the second half of a cleanup.
    project.edit('workflows-examples/provision.yml', (text) => text.replace('command: rm -rf out/provision\n', 'command: rm out/provision/database.json\n'));
    expectGo(project.call(...run));
    const own = ['mine.txt', 'out/mine.txt', 'out/provision/build/mine.txt', 'out/provision/app/node_modules/mine.txt'];
    for (const path of own) writeFileSync(project.at(path), 'of a person');
    writeFileSync(project.at('out/provision/report.md'), 'edited by a person');
    const before = project.content('');
    const dry = project.call('cleanup', 'provision', '--dry-run');
    assert.deepEqual([dry.code, dry.executed, dry.result.dry_run], [0, [], true]);
    assert.deepEqual(project.content(''), before);
    const cleaned = project.call('cleanup', 'provision');
    assert.deepEqual([cleaned.code, cleaned.executed, cleaned.result.steps.map(({ id, status }) => `${id} ${status}`)], [0, ['remove_everything'], ['remove_everything succeeded']]);
    assert.deepEqual(cleaned.result.removed.filter((path) => !path.endsWith('/')), dry.result.removed.filter((path) => !path.endsWith('/')));
    const after = project.content('');
    const gone = Object.keys(before).filter((path) => !(path in after));
    assert.deepEqual(gone.filter((path) => !isState(path)), Object.keys(before).filter((path) => path === 'out/provision/database.json' || (isDeclared(path) && !own.includes(path) && path !== 'out/provision/report.md')));
    assert.ok(gone.length > 40, `only ${gone.length} files went`);
    for (const [path, digest] of Object.entries(after)) if (!isState(path)) assert.equal(digest, before[path], `${path} was changed`);
    assert.deepEqual(cleaned.result.left.map(({ path }) => path).sort(), ['out/provision/app/node_modules/mine.txt', 'out/provision/report.md']);
    // And everything comes back.
    rmSync(project.at('out/provision/report.md'));
    rmSync(project.at('out/provision/app/node_modules/mine.txt'));
    const again = project.call(...run);
    expectGo(again);
    assert.equal(again.result.cache.misses, 0);
    return `its step, then ${cleaned.result.removed.length} declared outputs; ${own.length + 1} files of a person stayed`;
  },

  'recovery from a damaged journal': () => {
    const project = openProject(join(scratch, 'journal'), bin, fresh);
    project.edit(`${modules}/stock.json`, (text) => text.replace('"left": 3', '"left": 4'));
    const failed = project.call(...run);
    assert.equal(failed.code, 1);
    const folder = project.at(`.tollgate/runs/${failed.result.run_id}/journal`);
    const [name] = readdirSync(folder);
    flipByte(join(folder, name), 0.8);
    project.edit(`${modules}/stock.json`, (text) => text.replace('"left": 4', '"left": 3'));
    const resumed = project.call('resume', '--max-parallel', '2');
    expectGo(resumed);
    assert.match(resumed.log, /\[WARNING\] .*journal.* is damaged at byte \d+: .*\(TG3408\)/);
    assert.ok(readdirSync(folder).some((each) => each.includes('damaged')), 'the original is kept');
    assert.deepEqual(project.made(), fresh.made());
    return 'used up to its last good record, and said so';
  },

  'recovery from a damaged store': () => {
    const project = openProject(join(scratch, 'store'), bin, fresh);
    rmSync(project.at('out'), { recursive: true });
    const blobs = filesBelow(project.at('.tollgate/store/blobs'));
    blobs.forEach((path, index) => (index % 3 === 0 ? flipByte(path, 0.5) : index % 3 === 1 ? truncateSync(path, Math.floor(statSync(path).size / 2)) : undefined));
    for (const path of filesBelow(project.at('.tollgate/index'))) writeFileSync(path, 'nothing that anybody has written');
    for (const path of filesBelow(project.at('.tollgate/plans'))) flipByte(path, 0.5);
    const repaired = project.call(...run);
    expectGo(repaired);
    assert.match(repaired.log, /\(TG3402\)/);
    assert.deepEqual(project.made(), fresh.made());
    const after = project.call(...run);
    assert.equal(after.result.cache.misses, 0);
    return `${blobs.length - Math.floor(blobs.length / 3)} of ${blobs.length} blobs spoilt, ${repaired.result.cache.misses} made again`;
  },

  'parallel': () => {
    const [one, four] = [1, 4].map((count) => {
      const project = openProject(join(scratch, `parallel-${count}`), bin);
      const end = project.call('run', 'provision', '--max-parallel', String(count), '--phases', 'create,build');
      assert.deepEqual([end.code, end.mostAtOnce], [0, count]);
      return { ms: firstThree(end), made: project.made() };
    });
    assert.deepEqual(one.made, four.made);
    return `one at a time ${seconds(one.ms)}, four at a time ${seconds(four.ms)}`;
  },
};

const failed = [];
let played = 0;
const began = performance.now();
try {
  for (const [name, play] of Object.entries(scenes)) {
    if (values.only !== undefined && name !== values.only && name !== 'a fresh run') continue;
    played += 1;
    const start = performance.now();
    let told;
    try {
      told = `ok    ${name}: ${play()}`;
    } catch (error) {
      failed.push(name);
      told = `FAIL  ${name}: ${error.message}`;
    }
    console.log(`${seconds(performance.now() - start).padStart(7)}  ${told}`);
  }
  console.log(`\n${played - failed.length} passed, ${failed.length} failed in ${seconds(performance.now() - began)}`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** As the log names it. */
function nameCell({ step, matrix }) {
  return matrix === null ? step : `${step}[${Object.entries(matrix).map(([name, value]) => `${name}=${value}`).join(',')}]`;
}

function expectGo({ code, result, log }) {
  assert.deepEqual([code, result.status, result.verdict], [0, 'succeeded', 'go'], log.slice(-2000));
}

function firstThree({ result }) {
  return result.phases.filter(({ number }) => number <= 3).reduce((sum, { duration_ms }) => sum + duration_ms, 0);
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

function flipByte(path, where) {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length * where);
  if (bytes.length === 0) return;
  bytes[at] ^= 0x20;
  writeFileSync(path, bytes);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}
