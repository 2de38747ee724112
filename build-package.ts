import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from './package.json';
import build from './tsconfig.build.json';

// Compiles the package into dist/, as its tests and `npm pack` use it.
const dist = join(__dirname, 'dist');
rmSync(dist, { recursive: true, force: true });
const compiler = join(__dirname, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '--project', 'tsconfig.build.json'], { cwd: __dirname, stdio: 'inherit' });

// What is not TypeScript is data that the code beside it reads.
for (const part of build.include) {
  const isData = (path: string) => statSync(path).isDirectory() || !path.endsWith('.ts');
  cpSync(join(__dirname, part), join(dist, part), { recursive: true, filter: isData });
}

// Type declarations name the bindings themselves: `node10` resolution does not know the imports of a package.json.
const bindings: Readonly<Record<string, string>> = packageJson.imports;
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.d.ts')) continue;
  const path = join(dist, file);
  const text = readFileSync(path, 'utf8');
  const named = text.replaceAll(/'(#\w+)\/([\w-]+)'/g, (whole, alias: string, name: string) => {
    const target = bindings[`${alias}/*`];
    return target === undefined ? whole : `'${target.replace('*', name)}'`;
  });
  if (named !== text) writeFileSync(path, named);
}
