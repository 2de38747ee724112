/** An API server cannot authenticate a token; the message is that of kube-apiserver. */
export class UnauthorizedError extends Error {
  override readonly name = 'UnauthorizedError';
}

/** Turns every error of reading a token or key into one of the API server. */
export function orUnauthorized<Value>(context: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new UnauthorizedError(`${context}: ${(error as Error).message}`);
  }
}
