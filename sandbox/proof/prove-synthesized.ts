import { randomBytes } from 'node:crypto';
import type { Access } from '../../model';
import type { AccessProof } from '../../model/review/access-proof';
import { membershipsOf } from '../../model/review/explain';
import { simulatedApiServer } from '../api-server/simulated';
import { synthesizedClusters } from '../api-server/synthesized-clusters';
import { assumedClaims, OrganizationWithClaims } from '../okta/assumed-claims';
import { createCertificateAuthority } from '../okta/certificate-authority';
import { addDemoPeople, addPeople, type DemoPerson } from '../okta/demo-people';
import { fillOrganization } from '../okta/fill-organization';
import { startIssuer } from '../okta/issuer';
import { signIn } from '../sign-in/authorization-code';
import type { Stacks } from '../synthesized/read-stacks';
import { accessProfiles } from './access-profiles';
import { proveAccess } from './prove-access';

/**
 * Proves that the synthesized stacks give the access that the access file describes: loads them into a local Okta and simulated
 * API servers, signs people in, and asks the servers.
 * @param peopleOfFile people with their groups; by default, one person in each group, and one in none.
 */
export async function proveSynthesized(
  access: Access,
  stacks: Stacks,
  peopleOfFile?: readonly DemoPerson[],
): Promise<AccessProof> {
  const password = randomBytes(24).toString('base64url');
  const organization = new OrganizationWithClaims(password, access);
  const filled = fillOrganization(organization, stacks);
  const people = peopleOfFile === undefined ? addDemoPeople(organization) : addPeople(organization, peopleOfFile);
  const issuer = await startIssuer({ organization, ca: await createCertificateAuthority() });
  try {
    const { caPem } = issuer;
    const clusters = synthesizedClusters(stacks, filled.resolver(issuer.issuerUrl), access);
    return await proveAccess(access, {
      people: people.map(({ login, groups }) => ({ login, groups: expectedGroups(access, { login, groups }) })),
      profiles: accessProfiles(clusters, (clientId) => {
        const app = organization.appByClientId(clientId);
        return app && organization.assignmentsOf(app.id).map(({ name }) => name);
      }),
      assumedClaims: assumedClaims(access),
      unsupportedRules: organization.unsupportedRules(),
      signIn: (login, { authentication: { issuerUrl, clientId } }) =>
        signIn({
          issuerUrl,
          clientId,
          scopes: scopesOf(access),
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

/**
 * The groups of a person according to the access file. The file decides the members of a group with `logins`; for people whom it
 * does not name, and for other groups, the local Okta decides.
 */
function expectedGroups(access: Access, { login, groups }: DemoPerson): readonly string[] {
  const named = membershipsOf(access, login).map(({ group }) => group);
  if (named.length === 0) return groups;
  return [...named, ...groups.filter((group) => access.groups[group]?.logins === undefined)];
}

/** The scopes that kubelogin requests. */
function scopesOf({ signIn: { refresh } }: Access): readonly string[] {
  return ['openid', 'email', 'profile', ...(refresh === undefined ? [] : ['offline_access'])];
}
