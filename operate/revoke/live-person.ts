import { AccessError } from '../../constraints/access-error';
import type { OktaApi } from '../../live/okta/okta-api';
import type { OktaGroup, OktaGroupRule, OktaUser } from '../../live/okta/okta-objects';
import type { Access } from '../../model';

/** What Okta knows about a person. */
export interface LivePerson {
  readonly user: OktaUser;
  readonly groups: readonly OktaGroup[];
  /** The group rules of the organization; undefined if they could not be read. */
  readonly rules: readonly OktaGroupRule[] | undefined;
  /** Whether a token inline hook can set another lifetime of ID tokens; undefined if that could not be read. */
  readonly hasTokenHook: boolean | undefined;
  /** What could not be read, in sentences. */
  readonly unchecked: readonly string[];
}

/**
 * Reads what Okta knows about a person; undefined if Okta finds nobody with the login.
 * @throws OktaError if the person or their groups cannot be read: nothing can be said without them.
 */
export async function livePerson(access: Access, okta: OktaApi, login: string): Promise<LivePerson | undefined> {
  const user = await okta.userByLogin(login);
  if (user === undefined) return undefined;
  const unchecked: string[] = [];
  const orUnchecked = async <Value>(what: string, read: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!AccessError.is(error)) throw error;
      unchecked.push(`${what}: ${error.message}`);
      return undefined;
    }
  };
  return {
    user,
    groups: await okta.userGroups(user.id),
    rules: await orUnchecked('Which group rules put the person into groups', () => okta.groupRules()),
    hasTokenHook: await orUnchecked('Whether a token inline hook changes how long ID tokens are valid', () =>
      hasTokenHook(access, okta),
    ),
    unchecked,
  };
}

/** Whether a rule of the file's authorization server has a token inline hook. */
async function hasTokenHook({ authorizationServer }: Access, okta: OktaApi): Promise<boolean> {
  for (const server of await okta.authorizationServersByName(authorizationServer.name)) {
    for (const policy of await okta.policies(server.id)) {
      const rules = await okta.policyRules(server.id, policy.id);
      if (rules.some(({ actions }) => actions?.token?.inlineHook != null)) return true;
    }
  }
  return false;
}
