import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Bundles each package that Jest's `moduleNameMapper` names into one file, once an installation. Test files load their
 * packages anew, and for Jest 370 files of cdktf take five times as long as one.
 */
export default function bundlePackages(
  _config: unknown,
  { rootDir, moduleNameMapper }: { rootDir: string; moduleNameMapper: [pattern: string, file: string][] },
): void {
  const [[pattern, bundle] = ['', '']] = moduleNameMapper;
  const packages = pattern.replace(/^\^\(|\)\$$/g, '').split('|');
  const installed = changed(join(rootDir, 'node_modules/.package-lock.json'));
  for (const name of packages) {
    const outfile = bundle.replace('$1', name);
    if (changed(outfile) > installed) continue;
    buildSync({
      stdin: { contents: `module.exports = require('${name}');`, resolveDir: rootDir },
      outfile,
      bundle: true,
      platform: 'node',
      // The constructs of the test and those of cdktf have to be of one class.
      external: ['constructs'].filter((other) => other !== name),
      logLevel: 'error',
    });
    // esbuild leaves a file with the same content as it is, and each later run would bundle it again.
    utimesSync(outfile, new Date(), new Date());
  }
}

/** When a file last changed, in milliseconds since 1970; 0 if it does not exist. */
function changed(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
