/** Why a call failed, without what AWS says about the caller's keys. */
export function awsReason(error: unknown): string {
  const { name, message } = error as Error;
  switch (name) {
    case 'ResourceNotFoundException':
      return `EKS does not have it in this account and region: ${message}.`.replace(/\.+$/, '.');
    case 'AccessDeniedException':
    case 'AccessDenied':
      return `AWS refused the call: ${message}`;
    case 'CredentialsProviderError':
      return 'There are no AWS credentials, or they cannot be read. Sign in to AWS first, such as with aws sso login.';
    case 'ExpiredTokenException':
    case 'ExpiredToken':
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
      return 'AWS does not accept the credentials, which are wrong or expired. Sign in to AWS again.';
    default:
      return `AWS did not answer: ${message || name}`;
  }
}
