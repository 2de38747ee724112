import type { AuthenticationPolicy, AuthenticationRule } from './objects';
import { type Register, Things } from './things';

/** The authentication policies of an organization. They have no effect: everybody signs in with a password. */
export class AuthenticationPolicies extends Things<AuthenticationPolicy> {
  constructor(register: Register) {
    super(register, 'authentication policy', 'rst');
  }

  /** The authentication policy of apps that have no other. */
  system(): AuthenticationPolicy {
    return (
      this.find((policy) => policy.system) ?? this.addPolicy({ name: 'Any two factors', description: '', system: true })
    );
  }

  /**
   * Adds an authentication policy with its catch-all rule.
   * @param access what the catch-all rule does.
   */
  addPolicy(
    policy: Pick<AuthenticationPolicy, 'name' | 'description' | 'system'>,
    access: 'ALLOW' | 'DENY' = 'ALLOW',
  ): AuthenticationPolicy {
    const rule: AuthenticationRule = {
      ...{ id: this.register.newId('rul'), name: 'Catch-all Rule', priority: 99, status: 'ACTIVE', system: true },
      conditions: null,
      actions: { appSignOn: { access, verificationMethod: { type: 'ASSURANCE', factorMode: '1FA' } } },
    };
    this.register.touch(rule.id);
    return this.add({ ...policy, status: 'ACTIVE', rules: [rule] });
  }
}
