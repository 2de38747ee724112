import { programOnPath } from '../sign-in/program-on-path';

/** A program that must be installed on the machine. */
export interface NeededTool {
  /** Name for messages, such as `Go 1.26 or newer`. */
  readonly name: string;
  /** Names of the executable; the first one found is used. */
  readonly commands: readonly string[];
  /** How to install it. */
  readonly hint: string;
}

/** Builds the programs of Kubernetes, etcd and kubelogin. */
export const GO: NeededTool = {
  name: 'Go 1.26 or newer',
  commands: ['go'],
  hint: 'install it from https://go.dev/dl/ to build kube-apiserver, etcd and kubelogin',
};

/** Runs the local AWS. */
export const PYTHON: NeededTool = {
  name: 'Python 3.9 or newer',
  commands: ['python3'],
  hint: 'install it from https://www.python.org/downloads/ for moto and the AWS CLI',
};

/** Talks to the API servers. */
export const KUBECTL: NeededTool = {
  name: 'kubectl',
  commands: ['kubectl'],
  hint: 'install it from https://kubernetes.io/docs/tasks/tools/',
};

/** Signs in headless users. */
export const CHROMIUM: NeededTool = {
  name: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  hint: 'install the chromium package of your system, or run npx playwright-core install chromium',
};

/** The file of a program on PATH; undefined if it is not installed. */
export function findTool(
  { commands }: Pick<NeededTool, 'commands'>,
  path: string = process.env.PATH ?? '',
): string | undefined {
  return programOnPath(commands, path);
}

/** One message about all programs that are not on PATH; undefined if none is missing. */
export function missingTools(needed: readonly NeededTool[], path?: string): string | undefined {
  const missing = needed.filter((tool) => findTool(tool, path) === undefined);
  if (missing.length === 0) return undefined;
  return [
    'The sandbox needs programs that are not on PATH:',
    ...missing.map(({ name, hint }) => `  ${name}: ${hint}`),
  ].join('\n');
}
