#!/usr/bin/env node
// Old JavaScript on purpose: this file has to say that Node is too old to a Node that is.
'use strict';
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write('error: tollgate needs Node 20.19 or newer, and this is Node ' + process.versions.node + '\n       get one from https://nodejs.org or with your version manager\n');
  process.exitCode = 2;
} else {
  start();
}

function start() {
  var bundle = require('node:path').join(__dirname, '..', 'dist');
  if (require('node:fs').existsSync(bundle + '/main.js')) {
    require('./code-cache.js').loadBundle(bundle);
  } else {
    process.stderr.write('error: tollgate is not built here: dist/main.js is missing\n       npm ci && npm run build\n');
    process.exitCode = 2;
  }
}
