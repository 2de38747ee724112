import { randomUUID } from 'node:crypto';
import type { EksIdentityProvider } from '../../../authentication/authentication-config';
import { inUse, invalidParameter, invalidRequest, notFound } from '../aws-error';
import { type Association, type Cluster, type OidcConfig, serviceAccountIssuer, type Update } from './cluster';
import { beginUpdate, verifyIdle } from './updates';

/**
 * Begins to associate an identity provider. EKS allows one for each cluster.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 */
export function associate(
  cluster: Cluster,
  config: OidcConfig,
  tags: Readonly<Record<string, string>>,
  duration: number,
): Update {
  verifyIdle(cluster, 'associateIdentityProviderConfig');
  verifyConfig(cluster, config);
  if (cluster.association !== undefined) {
    throw inUse(
      `Only one identity provider configuration is supported for each cluster, and ${cluster.name} has ${cluster.association.config.identityProviderConfigName}.`,
      { clusterName: cluster.name },
    );
  }
  const { identityProviderConfigName: name } = config;
  const arn = cluster.arn.replace(':cluster/', ':identityproviderconfig/');
  const association: Association = {
    ...{ config, status: 'CREATING', tags: { ...tags } },
    arn: `${arn}/oidc/${name}/${randomUUID()}`,
  };
  cluster.association = association;
  return beginUpdate(cluster, {
    ...{ type: 'AssociateIdentityProviderConfig', duration },
    params: { IdentityProviderConfig: [{ type: 'oidc', name }] },
    async work() {
      await cluster.controlPlane?.trust(providerOf(config));
      association.status = 'ACTIVE';
    },
    failed() {
      cluster.association = undefined;
    },
  });
}

/** Begins to remove the identity provider of a cluster. */
export function disassociate(cluster: Cluster, name: string, duration: number): Update {
  const { association } = cluster;
  if (association?.config.identityProviderConfigName !== name) {
    throw invalidRequest(`Identity provider config ${name} is not associated with cluster ${cluster.name}`);
  }
  verifyIdle(cluster, 'disassociateIdentityProviderConfig');
  association.status = 'DELETING';
  return beginUpdate(cluster, {
    ...{ type: 'DisassociateIdentityProviderConfig', duration },
    params: { IdentityProviderConfig: [{ type: 'oidc', name }] },
    async work() {
      await cluster.controlPlane?.trust(undefined);
      cluster.association = undefined;
    },
    failed() {
      association.status = 'ACTIVE';
    },
  });
}

export function associationOf(
  { association, name: clusterName }: Cluster,
  { type, name }: { readonly type: string; readonly name: string },
): Association {
  if (type !== 'oidc') throw invalidParameter(`The type of an identity provider config is oidc, not ${type}.`);
  if (association?.config.identityProviderConfigName === name) return association;
  throw notFound(`Identity provider config ${name} is not associated with cluster ${clusterName}`, { clusterName });
}

function verifyConfig(cluster: Cluster, config: OidcConfig): void {
  const { issuerUrl, usernamePrefix = '', groupsPrefix = '', requiredClaims = {} } = config;
  const issuer = URL.canParse(issuerUrl) ? new URL(issuerUrl) : undefined;
  if (issuer?.protocol !== 'https:') {
    throw invalidParameter(`The issuerUrl must be a URL that starts with https://, not ${issuerUrl}.`);
  }
  if (issuer.search !== '' || issuer.hash !== '') {
    throw invalidParameter(`The issuerUrl must have no query and no fragment: ${issuerUrl}.`);
  }
  if (issuerUrl === serviceAccountIssuer(cluster)) {
    throw invalidParameter(
      'Incorrect Identity Provider URL configuration. The Identity Provider URL cannot be same as OpenID Connect (OIDC) issuer URL',
    );
  }
  for (const [field, prefix] of Object.entries({ usernamePrefix, groupsPrefix })) {
    if (prefix.includes('system:'))
      throw invalidParameter(`The ${field} must not contain system:, and it is ${prefix}.`);
  }
  for (const [key, value] of Object.entries(requiredClaims)) {
    if (key.length < 1 || key.length > 63 || value.length < 1 || value.length > 253) {
      throw invalidParameter(
        `A key of requiredClaims has 1 to 63 characters and a value 1 to 253; ${key} has ${key.length} and ${value.length}.`,
      );
    }
  }
}

/** The identity provider in the form in which Terraform has it. */
export function providerOf(config: OidcConfig): EksIdentityProvider {
  return {
    ...{ issuer_url: config.issuerUrl, client_id: config.clientId },
    ...{ username_claim: config.usernameClaim, username_prefix: config.usernamePrefix },
    ...{ groups_claim: config.groupsClaim, groups_prefix: config.groupsPrefix },
    required_claims: config.requiredClaims,
  };
}
