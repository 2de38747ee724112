import type { AccessProof } from '../model/review/access-proof';
import { differencesText, proofText } from '../report/proof-text';
import { EXIT } from './exit-codes';
import { printError, printText } from './print';

/** Prints a proof, and its differences to stderr; a proof that differs ends the command with exit code 1. */
export function printProof(proof: AccessProof): void {
  printText(proofText(proof));
  if (proof.differences.length === 0) return;
  printError(`\n${differencesText(proof)}`);
  process.exitCode = EXIT.wrong;
}
