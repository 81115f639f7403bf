// One process, one job: drives the real clients as the orders on stdin say, one after another or together, and prints what came of each.
import { DefaultArtifactClient } from '@actions/artifact';
import { restoreCache, saveCache } from '@actions/cache';
import { Octokit } from '@octokit/rest';

const artifact = new DefaultArtifactClient();
const repository = () => process.env.GITHUB_REPOSITORY.split('/');
const octokit = () => new Octokit({ auth: process.env.GITHUB_TOKEN, baseUrl: process.env.GITHUB_API_URL, log: { debug() {}, info() {}, warn() {}, error() {} } });
const where = () => ({ owner: repository()[0], repo: repository()[1] });

const orders = {
  save: ({ paths, key }) => saveCache(paths, key),
  restore: ({ paths, key, restoreKeys, lookupOnly = false }) => restoreCache(paths, key, restoreKeys, { lookupOnly }),
  upload: ({ name, files, root, ...options }) => artifact.uploadArtifact(name, files, root, options),
  list: ({ latest = false }) => artifact.listArtifacts({ latest }),
  get: ({ name }) => artifact.getArtifact(name),
  download: ({ id, path, ...options }) => artifact.downloadArtifact(id, { path, ...options }),
  delete: ({ name }) => artifact.deleteArtifact(name),
  listOf: ({ runId }) => artifact.listArtifacts({ findBy: findBy(runId) }),
  downloadOf: ({ runId, id, path }) => artifact.downloadArtifact(id, { path, findBy: findBy(runId) }),
  rest: async ({ route, ...parameters }) => {
    const { status, headers, data } = await octokit().request(route, { ...where(), ...parameters });
    return { status, headers, data };
  },
  pages: ({ route, ...parameters }) => octokit().paginate(route, { ...where(), ...parameters }),
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
