import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { compare } from '../../constraints/compare';

/**
 * The AuthenticationConfiguration file of kube-apiserver.
 * @param caPem certificate authority of the issuer.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export function structuredAuthentication(config: AuthenticationConfig, caPem: string): object {
  const { issuerUrl, clientId, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, requiredClaims } = config;
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: { url: issuerUrl, audiences: [clientId], certificateAuthority: caPem },
        claimMappings: {
          username: { claim: usernameClaim, prefix: usernamePrefix },
          ...(groupsClaim !== undefined && { groups: { claim: groupsClaim, prefix: groupsPrefix } }),
        },
        claimValidationRules: Object.entries(requiredClaims)
          .sort(([a], [b]) => compare(a, b))
          .map(([claim, requiredValue]) => ({ claim, requiredValue })),
      },
    ],
  };
}
