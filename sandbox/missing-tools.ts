import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the sandbox takes from the machine, and how to get it. */
export interface NeededTool {
  /** What a person calls it, such as `Go`. */
  readonly name: string;
  /** The names that the program goes by, the first one found is taken. */
  readonly commands: readonly string[];
  /** How to get it. */
  readonly hint: string;
}

/** Builds the programs of Kubernetes, etcd and kubelogin. */
export const GO: NeededTool = {
  name: 'Go 1.26 or newer',
  commands: ['go'],
  hint: 'install it from https://go.dev/dl/; it builds kube-apiserver, etcd and kubelogin',
};

/** Talks to the API servers. */
export const KUBECTL: NeededTool = {
  name: 'kubectl',
  commands: ['kubectl'],
  hint: 'install it as https://kubernetes.io/docs/tasks/tools/ says',
};

/** Signs in where nobody is there to do it. */
export const CHROMIUM: NeededTool = {
  name: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  hint: 'install your system’s package chromium, or run npx playwright-core install chromium',
};

/** The file of a program on PATH; undefined where it is not there. */
export function findTool({ commands }: NeededTool, path: string = process.env.PATH ?? ''): string | undefined {
  return commands.flatMap((command) => path.split(delimiter).map((folder) => join(folder, command))).find(isExecutable);
}

/** One message about every program that is not on PATH; undefined where none is missing. */
export function missingTools(needed: readonly NeededTool[], path?: string): string | undefined {
  const missing = needed.filter((tool) => findTool(tool, path) === undefined);
  if (missing.length === 0) return undefined;
  return [
    'The sandbox needs programs that are not on PATH:',
    ...missing.map(({ name, hint }) => `  ${name}: ${hint}`),
  ].join('\n');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
