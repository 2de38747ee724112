// What `evaluated-apart.ts` starts: a process that runs one access file.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A clone of the repository has the sources; the installed package has what was compiled from them.
if (existsSync(join(__dirname, 'evaluate-apart.ts'))) require('../register-typescript.cjs');
require('./evaluate-apart');
