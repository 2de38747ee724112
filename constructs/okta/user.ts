import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { DataOktaUser } from '#okta/data-okta-user';
import { constructId } from '../../constraints/construct-id';
import { loginKey, quotedLogin } from '../../constraints/okta/login';

/** An Okta user, looked up by login when Terraform plans. */
export class OktaUser extends Construct {
  /** Okta's id of the user. */
  readonly userId: string;

  private constructor(scope: Construct, id: string, login: string) {
    super(scope, id);
    const user = new DataOktaUser(this, 'Resource', {
      search: [{ name: 'profile.login', comparison: 'eq', value: quotedLogin(login) }],
      // Each costs calls for every user, and a permission to read that nothing else needs.
      skipGroups: true,
      skipRoles: true,
    });
    this.userId = user.id;
  }

  /** The look-up of a user in the stack of a construct: one per stack, however many constructs ask for it. */
  static of(scope: Construct, login: string): OktaUser {
    const stack = TerraformStack.of(scope);
    const users = stack.node.tryFindChild('OktaUser') ?? new Construct(stack, 'OktaUser');
    const key = loginKey(login);
    const id = constructId('login', key);
    return (users.node.tryFindChild(id) as OktaUser | undefined) ?? new OktaUser(users as Construct, id, key);
  }
}
