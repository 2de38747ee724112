import { AsyncLocalStorage } from 'node:async_hooks';
import vm, { type CompileFunctionOptions } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

// Jest compiles each module, its own and zod and cdktf included, anew for every test file: a quarter of the suite's CPU.
// A script is compiled once a worker and runs in the context of each test file, which shares nothing else.
const scripts = new Map<string, { readonly source: string; readonly script: vm.Script }>();

vm.compileFunction = (source: string, parameters: readonly string[] = [], options: CompileFunctionOptions = {}) => {
  const { filename = '', parsingContext } = options;
  let compiled = scripts.get(filename);
  if (compiled?.source !== source) {
    const head = `(function (${parameters.join(', ')}) {`;
    compiled = { source, script: new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length }) };
    scripts.set(filename, compiled);
  }
  return compiled.script.runInContext(parsingContext as vm.Context);
};

// Jest has a storage for each test file and leaves it enabled; Node then visits all of them for every promise.
const storages = new Set<AsyncLocalStorage<unknown>>();
const { run } = AsyncLocalStorage.prototype;

AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: Parameters<typeof run>) {
  storages.add(this);
  return run.apply(this, args);
} as typeof run;

/** Node, without what Jest does again for every test file. */
export default class Environment extends TestEnvironment {
  override async teardown(): Promise<void> {
    await super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}
