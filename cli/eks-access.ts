#!/usr/bin/env node
import { AccessError } from '../model';
import { EXIT } from './exit-codes';
import { watchOutput } from './print';
import { eksAccess } from './program';

watchOutput();
try {
  eksAccess().parse();
} catch (error) {
  // What a user can mend is told without a stack trace.
  if (!AccessError.is(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT.wrongInput;
}
