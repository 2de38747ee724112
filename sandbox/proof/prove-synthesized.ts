import { randomBytes } from 'node:crypto';
import type { Access } from '../../model';
import { membershipsOf } from '../../model/review/explain';
import { simulatedApiServer } from '../api-server/simulated';
import { synthesizedClusters } from '../api-server/synthesized-clusters';
import { createCertificateAuthority } from '../okta/certificate-authority';
import { claimsMadeElsewhere, OrganizationWithClaims } from '../okta/claims-made-elsewhere';
import { addDemoPeople, type DemoPerson } from '../okta/demo-people';
import { fillOrganization } from '../okta/fill-organization';
import { startIssuer } from '../okta/issuer';
import { signIn } from '../sign-in/authorization-code';
import { readStacks } from '../synthesized/read-stacks';
import { accessPictures } from './access-pictures';
import { type AccessProof, proveAccess } from './prove-access';

/**
 * Proves that the synthesized files give the access that the file describes: they are loaded into a local Okta and into
 * simulated API servers, people sign in, and the servers answer.
 * @param outdir the folder that was synthesized into.
 */
export async function proveSynthesized(access: Access, outdir: string): Promise<AccessProof> {
  const stacks = readStacks(outdir);
  const password = randomBytes(24).toString('base64url');
  const organization = new OrganizationWithClaims(password, access);
  const filled = fillOrganization(organization, stacks);
  const people = addDemoPeople(organization);
  const issuer = await startIssuer({ organization, ca: await createCertificateAuthority() });
  try {
    const { caPem } = issuer;
    const clusters = synthesizedClusters(stacks, filled.resolver(issuer.issuerUrl), access);
    return await proveAccess(access, {
      people: people.map(({ login, groups }) => ({ login, groups: expectedGroups(access, { login, groups }) })),
      pictures: accessPictures(clusters, (clientId) => {
        const app = organization.appByClientId(clientId);
        return app && organization.assignmentsOf(app.id).map(({ name }) => name);
      }),
      claimsMadeElsewhere: claimsMadeElsewhere(access),
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
 * The groups of a person by the access file. It knows who is in a group with `logins`; of people whom it does not name,
 * and of groups that are filled otherwise, it knows nothing.
 */
function expectedGroups(access: Access, { login, groups }: DemoPerson): readonly string[] {
  const named = membershipsOf(access, login).map(({ group }) => group);
  if (named.length === 0) return groups;
  return [...named, ...groups.filter((group) => access.groups[group]?.logins === undefined)];
}

/** What kubelogin asks for. */
function scopesOf({ signIn: { refresh } }: Access): readonly string[] {
  return ['openid', 'email', 'profile', ...(refresh === undefined ? [] : ['offline_access'])];
}
