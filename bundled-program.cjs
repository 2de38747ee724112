// The program of a clone as one file: Node.js needs three times as long for its 1200 files. The file lies with the installed
// packages, and is made anew when a source or a package has changed.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, extname, join } = require('node:path');
const { Script } = require('node:vm');

const entry = join(__dirname, 'cli/eks-access.ts');
const folder = join(__dirname, 'node_modules/.cache/okta-eks-access');
const bundle = join(folder, 'program.cjs');
/** Packages that few commands need, those that compile, and those that esbuild cannot put into a bundle. */
const external = ['esbuild', 'tsx', 'playwright-core', '@aws-sdk/*', '@smithy/*', 'undici', 'jsonc-parser'];
/** Changes with every package, and with how the file is made. */
const always = ['node_modules/.package-lock.json', 'package.json', 'bundled-program.cjs'];

/** The exports of `cli/eks-access.ts`. Without esbuild, or a place to write, tsx loads the files one by one. */
async function bundledProgram() {
  try {
    return loaded(freshBundle() ?? (await newBundle()));
  } catch (error) {
    if (error?.cannotBundle !== true) throw error;
    require('./register-typescript.cjs');
    return require(entry);
  }
}

/** The bundle, if nothing has changed since it was made. Its first line says what it was made from. */
function freshBundle() {
  try {
    const text = readFileSync(bundle, 'utf8');
    const { inputs } = headOf(text);
    return Object.entries(inputs).every(([file, state]) => stateOf(file) === state) ? text : undefined;
  } catch {
    // There is none, or it is not readable.
    return undefined;
  }
}

function headOf(text) {
  return JSON.parse(text.slice('//'.length, text.indexOf('\n')));
}

async function newBundle() {
  try {
    const { build } = require('esbuild');
    const { outputFiles, metafile } = await build({
      ...{ entryPoints: [entry], bundle: true, platform: 'node', external, plugins: [ownPlaces] },
      ...{ write: false, metafile: true, absWorkingDir: __dirname, logLevel: 'silent' },
      // Such a package would not find its files.
      logOverride: { 'indirect-require': 'error' },
    });
    const [{ text: code }] = outputFiles;
    const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
    const inputs = Object.fromEntries([...sources, ...always].map((file) => [file, stateOf(file)]));
    const hash = createHash('sha256').update(code).digest('hex');
    const text = `//${JSON.stringify({ hash, inputs })}\n${code}`;
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) if (extname(file) === '.code') rmSync(join(folder, file), { force: true });
    writeWhole(bundle, text);
    return text;
  } catch (error) {
    throw Object.assign(error, { cannotBundle: true });
  }
}

/** Gives each file its own `__dirname` and `__filename`, on its first line, so that places in it stay the same. */
const ownPlaces = {
  name: 'own places',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      if (!/\b__(dir|file)name\b/.test(code)) return undefined;
      const places = { __dirname: dirname(path), __filename: path };
      const names = Object.entries(places).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
      return { contents: `var ${names.join(', ')}; ${code}`, loader: extname(path).endsWith('ts') ? 'ts' : 'js' };
    });
  },
};

/** Runs the bundle, with the machine code of the first run of the same command on this Node.js. */
function loaded(text) {
  const { hash } = headOf(text);
  const [command = ''] = /^[a-z-]+$/.exec(process.argv[2] ?? '') ?? [];
  const code = join(folder, `${hash}-${process.version}-${process.arch}-${command}.code`);
  const script = new Script(Module.wrap(text), { filename: bundle, cachedData: contentOf(code) });
  if (script.cachedDataRejected !== false) process.once('exit', () => writeWhole(code, script.createCachedData()));
  const program = new Module(bundle);
  program.paths = Module._nodeModulePaths(__dirname);
  script.runInThisContext()(program.exports, Module.createRequire(entry), program, bundle, folder);
  return program.exports;
}

function contentOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Writes a file that no other process sees half. */
function writeWhole(file, content) {
  try {
    const part = `${file}-${process.pid}`;
    writeFileSync(part, content);
    renameSync(part, file);
  } catch {
    // The next start is slow again, and that is all.
  }
}

/** Changes whenever the file does. */
function stateOf(file) {
  const { mtimeMs, size } = statSync(join(__dirname, file));
  return `${mtimeMs} ${size}`;
}

module.exports = { bundledProgram };
