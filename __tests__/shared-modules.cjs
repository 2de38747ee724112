const { default: Runtime } = require('jest-runtime');

// What the test files of a worker load, once.
const modules = new Map();
const ofJest = new Map();

/** Modules of tests have hooks, such as those that remove their folders, so each test file has its own. */
const isOfTests = (file) => file.startsWith(`${__dirname}/`);

/**
 * Lets the test files of a worker share the modules that they load. Jest loads every module, its own included, anew for each
 * of 360 test files, which takes half of the suite's CPU: to load them, and to run code that Node.js has not optimized yet.
 * Modules keep no state that a test changes; `jest.isolateModules` still gives a test its own.
 */
class SharedModules extends Runtime {
  constructor(...args) {
    super(...args);
    this.registries.moduleRegistry = modules;
    this.registries.internalModuleRegistry = ofJest;
  }

  /** Leaves the modules usable, because those that load others late do so by the runtime that loaded them. */
  teardown() {
    this.restoreAllMocks();
    for (const file of modules.keys()) if (isOfTests(file)) modules.delete(file);
    // It holds the tests of a file.
    for (const file of ofJest.keys()) if (file.includes('/jest-circus/')) ofJest.delete(file);
    this.fileCache.clear();
    this.transformCache.clear();
    this.jestGlobals.clearJestObjectCache();
  }
}

module.exports = SharedModules;
