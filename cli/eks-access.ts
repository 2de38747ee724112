#!/usr/bin/env node
import { AccessError } from '../model';
import { EXIT } from './exit-codes';
import { handleOutputErrors } from './print';
import { eksAccess } from './program';

handleOutputErrors();
try {
  eksAccess().parse();
} catch (error) {
  // An error that the user can fix needs no stack trace.
  if (!AccessError.is(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT.wrongInput;
}
