import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { compare } from '../../constraints/compare';

export interface StructuredAuthenticationOptions {
  /**
   * Version of the file: Kubernetes knows `v1` from 1.34, and `v1beta1` from 1.30.
   * @default 'v1'
   */
  readonly version?: 'v1' | 'v1beta1';
  /** Certificate authority of the issuer, in PEM. @default - the public ones of the machine */
  readonly certificateAuthority?: string;
  /** What must be true of a user besides, in CEL. @default - nothing */
  readonly userValidationRules?: readonly { readonly expression: string; readonly message: string }[];
}

/**
 * The AuthenticationConfiguration file of kube-apiserver.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export function structuredAuthentication(
  config: AuthenticationConfig,
  { version = 'v1', certificateAuthority, userValidationRules }: StructuredAuthenticationOptions = {},
): object {
  const { issuerUrl, clientId, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, requiredClaims } = config;
  const required = Object.entries(requiredClaims).sort(([a], [b]) => compare(a, b));
  return {
    apiVersion: `apiserver.config.k8s.io/${version}`,
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: {
          ...{ url: issuerUrl, audiences: [clientId] },
          ...(certificateAuthority !== undefined && { certificateAuthority }),
        },
        claimMappings: {
          username: { claim: usernameClaim, prefix: usernamePrefix },
          ...(groupsClaim !== undefined && { groups: { claim: groupsClaim, prefix: groupsPrefix } }),
        },
        ...(required.length > 0 && {
          claimValidationRules: required.map(([claim, requiredValue]) => ({ claim, requiredValue })),
        }),
        ...(userValidationRules !== undefined && { userValidationRules }),
      },
    ],
  };
}
