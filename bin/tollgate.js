#!/usr/bin/env node
'use strict';
var parts = process.versions.node.split('.');
if (Number(parts[0]) < 20 || (parts[0] === '20' && Number(parts[1]) < 19)) {
  process.stderr.write('error: tollgate needs Node 20.19 or newer, and this is Node ' + process.versions.node + '\n       install one from https://nodejs.org/ or with your version manager\n');
  process.exitCode = 2;
} else {
  start();
}

function start() {
  try {
    require.resolve('../dist/main.js');
  } catch (_missing) {
    process.stderr.write('error: tollgate is not built here: dist/main.js is missing\n       npm ci && npm run build\n');
    process.exitCode = 2;
    return;
  }
  require('../dist/main.js');
}
