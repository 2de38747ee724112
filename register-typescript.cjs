// Loads TypeScript by tsx, and packages as node does: tsx would inspect each of their files, a quarter of every start.
const Module = require('node:module');

const asNodeDoes = Module._extensions['.js'];
require('tsx/cjs');
const asTsxDoes = Module._extensions['.js'];

Module._extensions['.js'] = (module, file) =>
  (/[\\/]node_modules[\\/]/.test(file) ? asNodeDoes : asTsxDoes)(module, file);
