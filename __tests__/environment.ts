import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

// Jest has a storage for each test file and leaves it enabled; Node then visits all of them for every promise.
const storages = new Set<AsyncLocalStorage<unknown>>();
const { run } = AsyncLocalStorage.prototype;

AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: Parameters<typeof run>) {
  storages.add(this);
  return run.apply(this, args);
} as typeof run;

/** The globals of all test files of a worker: modules that they share need the same ones. */
let shared: SharedEnvironment | undefined;

class SharedEnvironment extends TestEnvironment {
  private readonly env = { ...this.global.process.env };

  /** Takes back what a test file left in the environment variables. */
  override async teardown(): Promise<void> {
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.env)) delete env[name];
    Object.assign(env, this.env);
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}

/** Node, once for all test files of a worker. Jest calls it with `new`. */
export default function environment(...args: ConstructorParameters<typeof TestEnvironment>): SharedEnvironment {
  shared ??= new SharedEnvironment(...args);
  return shared;
}
