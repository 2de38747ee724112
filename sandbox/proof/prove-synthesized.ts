import { randomBytes } from 'node:crypto';
import type { Access } from '../../model';
import type { SignInApp } from '../../model/derived/sign-in-apps';
import { signInScopes } from '../../model/derived/sign-in-scopes';
import type { AccessProof } from '../../model/review/access-proof';
import { simulatedApiServer } from '../api-server/simulated';
import { synthesizedClusters } from '../api-server/synthesized-clusters';
import { assumedClaims, OrganizationWithClaims } from '../okta/assumed-claims';
import { createCertificateAuthority } from '../okta/certificate-authority';
import type { DemoPerson } from '../okta/demo-people';
import { fillOrganization } from '../okta/fill-organization';
import { startIssuer } from '../okta/issuer';
import { signIn } from '../sign-in/authorization-code';
import type { Stacks } from '../synthesized/read-stacks';
import { accessProfiles } from './access-profiles';
import { addProofPeople } from './proof-people';
import { proveAccess } from './prove-access';
import { stackDifferences } from './stack-differences';

/**
 * Proves that the synthesized stacks give the access that the access file describes: loads them into a local Okta and simulated
 * API servers, signs people in, and asks the servers.
 * @param peopleOfFile people with their groups; by default, people are made for each group and each rule.
 */
export async function proveSynthesized(
  access: Access,
  stacks: Stacks,
  peopleOfFile?: readonly DemoPerson[],
): Promise<AccessProof> {
  const password = randomBytes(24).toString('base64url');
  const organization = new OrganizationWithClaims(password, access);
  const filled = fillOrganization(organization, stacks);
  const issuer = await startIssuer({ organization, ca: await createCertificateAuthority() });
  try {
    const { caPem } = issuer;
    const resolver = filled.resolver(issuer.issuerUrl);
    const clusters = synthesizedClusters(stacks, resolver, access);
    const differences = stackDifferences(access, { stacks, resolver, organization, clusters });
    const { people, unprovedRules } = addProofPeople(organization, access, peopleOfFile);
    return await proveAccess(access, {
      people,
      stackDifferences: differences,
      profiles: accessProfiles(clusters, (clientId) => {
        const app = organization.appByClientId(clientId);
        return app && organization.assignmentsOf(app.id).map(({ name }) => name);
      }),
      assumedClaims: assumedClaims(access),
      unprovedRules: [...organization.unsupportedExpressions(), ...unprovedRules],
      signIn: (login, { key, authentication: { issuerUrl, clientId } }) =>
        signIn({
          issuerUrl,
          clientId,
          scopes: ['openid', ...signInScopes(access, appOf(access, key))],
          login,
          password,
          caPem,
          redirectPort: access.signIn.redirectPorts[0],
        }),
      apiServer: ({ authentication, policy }) => simulatedApiServer({ authentication, policy, caPem }),
    });
  } finally {
    await issuer.close();
  }
}

/** The app that a cluster trusts. */
function appOf({ apps }: Access, key: string): SignInApp {
  return apps.find(({ clusters }) => clusters.includes(key)) as SignInApp;
}
