import { orExit } from '../or-exit';
import { handleOutputErrors } from './print';
import { eksAccess } from './program';

/** Runs the program `eks-access` with the words of the command line. */
export function run(version: string): Promise<void> {
  handleOutputErrors();
  return orExit(() => eksAccess(version).parseAsync());
}
