/** An error of an AWS service. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  /**
   * @param type the error code, such as `ResourceNotFoundException`.
   * @param details fields of the answer beside the message, such as `clusterName`.
   */
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export function invalidParameter(message: string): AwsError {
  return new AwsError(400, 'InvalidParameterException', message);
}

export function invalidRequest(message: string): AwsError {
  return new AwsError(400, 'InvalidRequestException', message);
}

export function notFound(message: string, details?: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError(404, 'ResourceNotFoundException', message, details);
}

export function inUse(message: string, details?: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError(409, 'ResourceInUseException', message, details);
}
