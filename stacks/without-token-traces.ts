/**
 * Runs a synthesis without the stack trace that cdktf captures for each token: a fleet has hundreds of thousands of
 * tokens. The traces serve only errors about tokens; errors keep their own traces.
 */
export function withoutTokenTraces<Result>(run: () => Result): Result {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return run();
  } finally {
    Error.captureStackTrace = capture;
  }
}
