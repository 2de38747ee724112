// Runs a bundle with V8's compiled code, which the first run stores beside the bundle.
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
// After the run, because V8 compiles only functions that have run. Another version of Node rejects the code and stores its own.
if (script.cachedDataRejected !== false) writeFileSync(cache, script.createCachedData());
