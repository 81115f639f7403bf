// report.mjs <release folder> <build> <url> <env file> <report>: where everything is, for people.
import { join } from 'node:path';
import { readJson, writeText } from './support.mjs';

const [folder, build, url, environmentFile, target] = process.argv.slice(2);
const config = readJson(join(folder, 'config.json'));
const parts = Object.keys(config.modules).map((name) => readJson(join(build, name, 'manifest.json')));
const rows = parts.map(({ name, exports, digest, bytes }) => `| ${name} | ${exports.includes('handle') ? `${url}/${name}` : '(inside)'} | ${digest} | ${bytes} |`);
writeText(target, `# corner-shop, ${config.environment}

Public name ${config.public_name}, schema version ${config.schema_version}, release in \`${folder}\`.

| part | address while the run lasts | digest | bytes |
|---|---|---|---|
${rows.join('\n')}

## Next

1. Load the settings: \`set -a; . ${environmentFile}; set +a\`
2. Serve the release yourself: \`node workflows-examples/provision/tools/serve.mjs ${folder} out/provision/database.json 8080\`
3. Ask it: \`curl -H 'Authorization: Bearer demo-key' 'http://127.0.0.1:8080/catalog?name=cheese'\`
`);
console.log(`wrote ${target} about ${parts.length} parts`);
