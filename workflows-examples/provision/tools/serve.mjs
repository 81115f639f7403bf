// serve.mjs <release folder> <database> <port>: the modules of a release behind its authorizer.
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readJson } from './support.mjs';

const [folder, database, port] = process.argv.slice(2);
const { modules: digests, environment } = readJson(join(folder, 'config.json'));
const parts = new Map();
for (const name of Object.keys(digests)) parts.set(name, await import(pathToFileURL(resolve(folder, 'parts', name, 'index.mjs'))));
const { authorize } = parts.get('authorizer');
parts.delete('authorizer');

function answer(request) {
  const url = new URL(request.url, 'http://shop');
  const name = url.pathname.slice(1);
  if (name === 'health') return { status: 200, body: { healthy: true, environment, modules: parts.size } };
  const { allowed, user } = authorize(request.headers.authorization ?? '', readJson(database).tables.keys);
  if (!allowed) return { status: 401, body: { error: 'who are you?' } };
  const module = parts.get(name);
  return module?.handle({ query: Object.fromEntries(url.searchParams), user }) ?? { status: 404, body: { error: `no module '${name}'` } };
}

const server = createServer((request, response) => {
  const { status, body } = answer(request);
  console.log(`${request.method} ${request.url} ${status}`);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}`));
process.on('SIGTERM', () => {
  server.close(() => console.log('closed'));
  // Whoever keeps a connection open for the next question would keep us here.
  server.closeAllConnections();
});
