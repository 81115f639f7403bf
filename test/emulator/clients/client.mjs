// One process, one job: drives the real clients as the orders on stdin say, one after another or together, and prints what came of each.
// Each client is loaded when it is first needed.
const cache = () => import('@actions/cache');
const artifact = () => import('@actions/artifact').then(({ DefaultArtifactClient }) => new DefaultArtifactClient());
const repository = () => process.env.GITHUB_REPOSITORY.split('/');
const where = () => ({ owner: repository()[0], repo: repository()[1] });

const orders = {
  save: ({ paths, key }) => cache().then((client) => client.saveCache(paths, key)),
  restore: ({ paths, key, restoreKeys, lookupOnly = false }) => cache().then((client) => client.restoreCache(paths, key, restoreKeys, { lookupOnly })),
  upload: ({ name, files, root, ...options }) => artifact().then((client) => client.uploadArtifact(name, files, root, options)),
  list: ({ latest = false }) => artifact().then((client) => client.listArtifacts({ latest })),
  get: ({ name }) => artifact().then((client) => client.getArtifact(name)),
  download: ({ id, path, ...options }) => artifact().then((client) => client.downloadArtifact(id, { path, ...options })),
  delete: ({ name }) => artifact().then((client) => client.deleteArtifact(name)),
  listOf: ({ runId }) => artifact().then((client) => client.listArtifacts({ findBy: findBy(runId) })),
  downloadOf: ({ runId, id, path }) => artifact().then((client) => client.downloadArtifact(id, { path, findBy: findBy(runId) })),
  // The clients read their environment at each call.
  become: ({ env }) => void Object.assign(process.env, env),
};
const findBy = (workflowRunId) => ({ token: process.env.GITHUB_TOKEN, workflowRunId, repositoryOwner: where().owner, repositoryName: where().repo });

let text = '';
for await (const piece of process.stdin) text += piece;
const carryOut = async ({ do: name, ...order }) => {
  try {
    return { value: (await orders[name](order)) ?? null };
  } catch (error) {
    return { error: error.message, ...(error.status === undefined ? {} : { status: error.status }) };
  }
};
const { given, together } = JSON.parse(text);
const results = [];
if (together) results.push(...(await Promise.all(given.map(carryOut))));
else for (const each of given) results.push(await carryOut(each));
// The clients write to stdout as well.
console.log(`\nresults ${JSON.stringify(results)}`);
