import { AccessError } from '../../constraints/access-error';
import type { Stacks } from '../synthesized/read-stacks';
import { type ComputedAttribute, Resolver } from '../synthesized/resolve';
import { OKTA_TYPES } from './okta-types';
import type { Organization } from './organization';

/** An organization that contains the resources of the stacks. */
export interface FilledOrganization {
  /**
   * Resolves values of the stacks with the ids of the organization.
   * @param issuerUrl the issuer by the id of its authorization server; known once the issuer runs.
   * @param others attributes that other providers compute.
   */
  resolver(issuerUrl: (serverId: string) => string, others?: ComputedAttribute): Resolver;
}

/** Adds the resources of synthesized stacks to an organization, as Terraform would; fails for unsupported ones. */
export function fillOrganization(organization: Organization, stacks: Stacks): FilledOrganization {
  refuseUnknownTypes(stacks);
  const ids = new Map<string, string>();
  const idOf: ComputedAttribute = ({ stack, address }, attribute) =>
    // In Okta, the client id of an app is its id.
    attribute === 'id' || (attribute === 'client_id' && address.startsWith('okta_app_oauth.'))
      ? ids.get(`${stack} ${address}`)
      : undefined;
  const resolver = new Resolver(stacks, idOf);
  for (const [type, { known, fill }] of Object.entries(OKTA_TYPES)) {
    for (const stack of Object.keys(stacks)) {
      for (const { address, args } of resolver.instances(stack, type)) {
        const unknown = Object.keys(args).find((name) => !known.includes(name));
        if (unknown !== undefined) {
          throw new AccessError(
            `The local Okta does not support the argument ${unknown} of ${address} in the stack ${stack}.`,
          );
        }
        ids.set(
          `${stack} ${address}`,
          withAddress(() => fill(organization, args, exactNameOf(stacks, stack, address)), stack, address),
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

/** The name that the postcondition of a data source demands, as `exactName` of the constructs writes it. */
function exactNameOf(stacks: Stacks, stack: string, address: string): string | undefined {
  const [kind, type = '', name = ''] = address.split('.');
  if (kind !== 'data') return undefined;
  const text = JSON.stringify(stacks[stack]?.data?.[type]?.[name] ?? null);
  const condition = /"condition":("\$\{self\.name == (?:[^"\\]|\\.)*\}")/.exec(text)?.[1];
  if (condition === undefined) return undefined;
  const quoted = /^\$\{self\.name == (.*)\}$/.exec(JSON.parse(condition) as string)?.[1];
  return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
}

/** Adds the stack and address to the errors of the organization. */
function withAddress(fill: () => string, stack: string, address: string): string {
  try {
    return fill();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    throw new AccessError(`${address} in the stack ${stack}: ${error.message}`);
  }
}

function refuseUnknownTypes(stacks: Stacks): void {
  for (const [name, { resource = {}, data = {} }] of Object.entries(stacks)) {
    const types = [...Object.keys(resource), ...Object.keys(data).map((type) => `data.${type}`)];
    const unknown = types.find((type) => /^(data\.)?okta_/.test(type) && !Object.hasOwn(OKTA_TYPES, type));
    if (unknown !== undefined) {
      throw new AccessError(`The local Okta does not support ${unknown}, which is in the stack ${name}.`);
    }
  }
}
