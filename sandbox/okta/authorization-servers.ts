import { AccessError } from '../../constraints/access-error';
import type { New } from './new-object';
import type { AccessPolicy, AccessRule, AuthorizationServer, Claim, Scope } from './objects';
import { type Register, Things } from './things';

export type NewServer = Omit<New<AuthorizationServer>, 'scopes' | 'claims' | 'policies'>;

/** The scopes of every authorization server. */
export const DEFAULT_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** The authorization servers of an organization, with their scopes, claims, and policies. */
export class AuthorizationServers extends Things<AuthorizationServer> {
  constructor(register: Register) {
    super(register, 'authorization server', 'aus');
  }

  /** Adds an authorization server with the scopes that each has. */
  addServer(server: NewServer): AuthorizationServer {
    const added = this.add({
      ...{ status: 'ACTIVE', description: '', issuerMode: 'ORG_URL', rotationMode: 'AUTO' },
      ...server,
      ...{ scopes: [], claims: [], policies: [] },
    });
    for (const name of DEFAULT_SCOPES) this.addScope(added.id, { name, system: true });
    return this.known(added.id);
  }

  addScope(serverId: string, scope: New<Scope>): Scope {
    return this.addToServer(serverId, 'scopes', {
      system: false,
      details: {},
      id: this.register.newId('scp'),
      ...scope,
    });
  }

  addClaim(serverId: string, claim: New<Claim>): Claim {
    return this.addToServer(serverId, 'claims', { status: 'ACTIVE', id: this.register.newId('ocl'), ...claim });
  }

  addPolicy(serverId: string, policy: Omit<New<AccessPolicy>, 'rules'>): AccessPolicy {
    return this.addToServer(serverId, 'policies', {
      ...{ status: 'ACTIVE', description: '', id: this.register.newId('00p') },
      ...policy,
      rules: [],
    });
  }

  addRule(serverId: string, policyId: string, rule: New<AccessRule>): AccessRule {
    const policy = this.known(serverId).policies.find(({ id }) => id === policyId);
    if (policy === undefined) throw new AccessError(`The organization has no policy ${policyId}.`);
    const added: AccessRule = {
      ...{ status: 'ACTIVE', users: [], excludedGroups: [], excludedUsers: [], id: this.register.newId('0pr') },
      ...rule,
    };
    this.register.touch(added.id);
    this.changePolicy(serverId, policyId, { rules: [...policy.rules, added] });
    return added;
  }

  changePolicy(serverId: string, policyId: string, changes: Partial<AccessPolicy>): void {
    const { policies } = this.known(serverId);
    this.change(serverId, {
      policies: policies.map((policy) => (policy.id === policyId ? { ...policy, ...changes } : policy)),
    });
  }

  /** Changes an authorization server. Its policies, and their rules, are sorted by priority. */
  override change(serverId: string, changes: Partial<AuthorizationServer>): AuthorizationServer {
    const policies = (changes.policies ?? this.known(serverId).policies).map((policy) => ({
      ...policy,
      rules: byPriority(policy.rules),
    }));
    return super.change(serverId, { ...changes, policies: byPriority(policies) });
  }

  private addToServer<Part extends 'scopes' | 'claims' | 'policies'>(
    serverId: string,
    part: Part,
    thing: AuthorizationServer[Part][number],
  ): AuthorizationServer[Part][number] {
    this.register.touch(thing.id);
    this.change(serverId, { [part]: [...this.known(serverId)[part], thing] });
    return thing;
  }
}

function byPriority<Ranked extends { readonly priority: number }>(items: readonly Ranked[]): readonly Ranked[] {
  return [...items].sort((a, b) => a.priority - b.priority);
}
