#!/usr/bin/env node
require('./node-setup.cjs');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { version } = require('./package.json');

// A clone of the repository has the sources; the installed package has what was compiled from them.
const isClone = existsSync(join(__dirname, 'cli/eks-access.ts'));
if (isClone)
  require('./bundled-program.cjs')
    .bundledProgram()
    .then(({ run }) => run(version));
else require('./dist/cli/eks-access.js').run(version);
