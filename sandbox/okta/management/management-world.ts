import type { IssuedTokens } from '../issued-tokens';
import type { Organization } from '../organization';

/** What the handlers of the management API work on: the state of the sign-in. */
export interface ManagementWorld {
  readonly organization: Organization;
  /** The browser sessions and tokens of the issuer. */
  readonly tokens: IssuedTokens;
  /** The `iss` claim of the tokens of an authorization server. */
  issuerUrl(serverId: string): string;
  /** The public keys of an authorization server, in use. */
  keys(serverId: string): Promise<unknown>;
}
