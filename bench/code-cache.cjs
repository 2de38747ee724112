// Runs the bundle that is named, with V8's compiled code kept beside it from the first run on.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const [, , bundle] = process.argv;
const cache = `${bundle}.cache`;
const source = `(function (require, module, exports) {${readFileSync(bundle, 'utf8')}\n})`;
const script = new Script(source, {
  filename: bundle,
  cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
});
script.runInThisContext()(require, module, exports);
// After the run, because only functions that have run are compiled. Another Node refuses the code and makes its own.
if (script.cachedDataRejected !== false) writeFileSync(cache, script.createCachedData());
