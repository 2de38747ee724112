// Loads TypeScript with tsx, and packages with Node's own loader: tsx would inspect each of their files, which takes a
// quarter of every start.
const Module = require('node:module');

const loadWithNode = Module._extensions['.js'];
require('tsx/cjs');
const loadWithTsx = Module._extensions['.js'];

Module._extensions['.js'] = (module, file) =>
  (/[\\/]node_modules[\\/]/.test(file) ? loadWithNode : loadWithTsx)(module, file);
