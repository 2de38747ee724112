import type { Stacks } from '../synthesized/read-stacks';
import { type ComputedAttribute, Resolver } from '../synthesized/resolve';
import { OKTA_TYPES } from './okta-types';
import type { Organization } from './organization';

/** An organization after all that the stacks say was done in it. */
export interface FilledOrganization {
  /**
   * Resolves the values of the stacks with the ids of the organization.
   * @param issuerUrl by the id of the authorization server; known when the issuer runs.
   * @param others attributes that other providers compute.
   */
  resolver(issuerUrl: (serverId: string) => string, others?: ComputedAttribute): Resolver;
}

/** Does in an organization what Terraform would do for the synthesized stacks; fails with what it does not know. */
export function fillOrganization(organization: Organization, stacks: Stacks): FilledOrganization {
  refuseUnknownTypes(stacks);
  const ids = new Map<string, string>();
  const idOf: ComputedAttribute = ({ stack, address }, attribute) =>
    // The client id of an app is its id in Okta.
    attribute === 'id' || (attribute === 'client_id' && address.startsWith('okta_app_oauth.'))
      ? ids.get(`${stack} ${address}`)
      : undefined;
  const resolver = new Resolver(stacks, idOf);
  for (const [type, { known, fill }] of Object.entries(OKTA_TYPES)) {
    for (const stack of Object.keys(stacks)) {
      for (const { address, args } of resolver.instances(stack, type)) {
        const unknown = Object.keys(args).find((name) => !known.includes(name));
        if (unknown !== undefined) {
          throw new Error(`The local Okta does not know the argument ${unknown} of ${address} in the stack ${stack}.`);
        }
        ids.set(
          `${stack} ${address}`,
          done(() => fill(organization, args), stack, address),
        );
      }
    }
  }
  return {
    resolver: (issuerUrl, others) =>
      new Resolver(stacks, (instance, attribute) => {
        const id = idOf(instance, 'id') as string | undefined;
        const isServer = /^(data\.)?okta_auth_server\./.test(instance.address);
        if (id !== undefined && isServer && attribute === 'issuer') return issuerUrl(id);
        return idOf(instance, attribute) ?? others?.(instance, attribute);
      }),
  };
}

/** Says where something stands that the organization refuses. */
function done(fill: () => string, stack: string, address: string): string {
  try {
    return fill();
  } catch (error) {
    throw new Error(`${address} of the stack ${stack}: ${(error as Error).message}`, { cause: error });
  }
}

function refuseUnknownTypes(stacks: Stacks): void {
  for (const [name, { resource = {}, data = {} }] of Object.entries(stacks)) {
    const types = [...Object.keys(resource), ...Object.keys(data).map((type) => `data.${type}`)];
    const unknown = types.find((type) => /^(data\.)?okta_/.test(type) && !Object.hasOwn(OKTA_TYPES, type));
    if (unknown !== undefined) {
      throw new Error(`The local Okta does not know ${unknown}, which the stack ${name} has.`);
    }
  }
}
