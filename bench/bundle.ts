import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles the synthesis of the tutorial into one file, and returns its path. */
export function bundleTutorial(folder: string): string {
  const bundle = join(folder, 'tutorial.cjs');
  const empty = join(folder, 'empty-module.cjs');
  writeFileSync(empty, '');
  buildSync({
    entryPoints: [join(__dirname, 'tutorial.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    // cdktf loads archiver at every start, but only TerraformAsset uses it, and the tutorial has none.
    alias: { archiver: empty },
    outfile: bundle,
    logLevel: 'error',
  });
  return bundle;
}
