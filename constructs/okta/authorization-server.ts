import { Construct } from 'constructs';
import { AuthServer } from '#okta/auth-server';
import { AuthServerClaim } from '#okta/auth-server-claim';
import { type IssuerMode, issuerModeFinding } from '../../model/checks/issuer-mode';
import { idAddress } from '../replacement';
import { validateFindings } from '../validate-findings';

export interface AuthorizationServerProps {
  readonly name: string;
  /** @default - none */
  readonly description?: string;
  /**
   * The one audience of its access tokens; an ID token's `aud` is the client id instead.
   * @default 'http://localhost:8000'
   */
  readonly audience?: string;
  /** @default 'ORG_URL' */
  readonly issuerMode?: IssuerMode;
  /**
   * Claim of the ID token that carries a person's groups.
   * @default 'groups'
   */
  readonly groupsClaim?: string;
  /** Start of the names of the groups in the claim; Okta ignores case here. */
  readonly groupsStartWith: string;
}

/** A custom authorization server whose ID tokens carry the groups of a person. */
export class AuthorizationServer extends Construct {
  readonly serverId: string;
  /** The `iss` of its tokens, and the issuer that EKS has to be given. */
  readonly issuerUrl: string;
  /** Address of its id, for what has to be replaced with it. */
  readonly idAddress: string;

  constructor(scope: Construct, id: string, props: AuthorizationServerProps) {
    super(scope, id);
    const issuerMode = props.issuerMode ?? 'ORG_URL';
    validateFindings(this, () => [issuerModeFinding(issuerMode)]);

    const server = new AuthServer(this, 'Resource', {
      name: props.name,
      description: props.description,
      audiences: [props.audience ?? 'http://localhost:8000'],
      issuerMode,
    });
    new AuthServerClaim(this, 'GroupsClaim', {
      authServerId: server.id,
      name: props.groupsClaim ?? 'groups',
      claimType: 'IDENTITY',
      valueType: 'GROUPS',
      groupFilterType: 'STARTS_WITH',
      value: props.groupsStartWith,
      // Otherwise the claim is missing from the ID tokens of the code flow.
      alwaysIncludeInToken: true,
      // The provider does not replace a claim when its server is another one.
      lifecycle: { replaceTriggeredBy: [idAddress(server)] },
    });
    this.serverId = server.id;
    this.issuerUrl = server.issuer;
    this.idAddress = idAddress(server);
  }
}
