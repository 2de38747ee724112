import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles the synthesis of the tutorial into one file in a folder, and returns its path. */
export function bundleTutorial(folder: string): string {
  const bundle = join(folder, 'tutorial.cjs');
  const nothing = join(folder, 'nothing.cjs');
  writeFileSync(nothing, '');
  buildSync({
    entryPoints: [join(__dirname, 'tutorial.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    // cdktf loads it at every start, and only TerraformAsset, which nothing here makes, uses it.
    alias: { archiver: nothing },
    outfile: bundle,
    logLevel: 'error',
  });
  return bundle;
}
