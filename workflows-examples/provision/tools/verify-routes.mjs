// verify-routes.mjs <url> <build> <config> <key>: every example of every module over HTTP, with the key and without.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readJson, stopOn } from './support.mjs';

const [url, build, config, key] = process.argv.slice(2);
const modules = Object.keys(readJson(config).modules).map((name) => readJson(join(build, name, 'manifest.json'))).filter(({ exports }) => exports.includes('handle'));
const problems = [];
for (const { name, examples } of modules) {
  for (const { with: [request], gives } of examples) {
    const address = `${url}/${name}?${new URLSearchParams(request.query)}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${key}` } });
    const body = await answer.json();
    if (answer.status !== gives.status || !isDeepStrictEqual(body, gives.body)) problems.push(`${address} answers ${answer.status} ${JSON.stringify(body)}`);
    const stranger = await fetch(address);
    if (stranger.status !== 401) problems.push(`${address} answers ${stranger.status} to a stranger`);
  }
}
stopOn(problems);
console.log(`${modules.length} of ${modules.length} routes answer as their examples say, and only to those who have the key`);
