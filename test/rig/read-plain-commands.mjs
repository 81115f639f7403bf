/** Workflow commands of the usual form, `::name key=value,…::text`; from `stop-commands` to its token nothing is one. */
export function readPlainCommands(output) {
  const commands = [];
  let token;
  for (const line of output.split(/\r?\n/u)) {
    const [, name, properties, text] = /^\s*::([^\s:]+)(?:\s+(.*?))?::(.*)$/u.exec(line) ?? [];
    if (name === undefined) continue;
    if (token !== undefined) {
      if (name === token) token = undefined;
      continue;
    }
    if (name === 'stop-commands') token = text;
    commands.push({ name, properties: readProperties(properties), text: unescape(text) });
  }
  return commands;
}

function readProperties(written = '') {
  return Object.fromEntries(written.split(',').flatMap((each) => {
    const [, key, value] = /^\s*([^=]+)=(.*)$/u.exec(each) ?? [];
    return key === undefined ? [] : [[key, unescape(value).replaceAll('%3A', ':').replaceAll('%2C', ',')]];
  }));
}

function unescape(text) {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
