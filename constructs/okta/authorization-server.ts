import { Construct, type IConstruct } from 'constructs';
import { AuthServer } from '#okta/auth-server';
import { AuthServerClaim } from '#okta/auth-server-claim';
import { DataOktaAuthServer } from '#okta/data-okta-auth-server';
import { type IssuerMode, issuerModeFinding } from '../../constraints/okta/issuer-mode';
import { idAddress, replacedWith } from '../replacement';
import { validateFindings } from '../validate-findings';
import { exactName, quotedName } from './exact-name';

/** A custom authorization server whose ID tokens carry the groups of a person, made here or looked up. */
export interface IAuthorizationServer extends IConstruct {
  /** Okta's id, known after apply. */
  readonly serverId: string;
  /** The `iss` of its tokens, and the issuer that EKS has to be given. */
  readonly issuerUrl: string;
  /** Address of its id, for what has to be replaced with it; none where it is looked up. */
  readonly idAddress?: string;
}

export interface GroupsClaimProps {
  /**
   * Claim of the ID token that carries a person's groups.
   * @default 'groups'
   */
  readonly groupsClaim?: string;
  /** Start of the names of the groups in the claim; Okta ignores case here. */
  readonly groupsStartWith: string;
}

export interface ExistingAuthorizationServerProps extends GroupsClaimProps {
  readonly name: string;
}

export interface AuthorizationServerProps extends GroupsClaimProps {
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
   * Whether Terraform may destroy or replace the server; a new one has another issuer, which no cluster trusts yet.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** A custom authorization server whose ID tokens carry the groups of a person. */
export class AuthorizationServer extends Construct implements IAuthorizationServer {
  readonly serverId: string;
  readonly issuerUrl: string;
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
      lifecycle: { preventDestroy: props.replaceable !== true },
    });
    this.serverId = server.id;
    this.issuerUrl = server.issuer;
    this.idAddress = idAddress(server);
    addGroupsClaim(this, props);
  }

  /**
   * A server that exists in Okta, looked up by its name when Terraform plans.
   * Its settings stay as they are; the groups claim is made on it.
   */
  static fromName(scope: Construct, id: string, props: ExistingAuthorizationServerProps): IAuthorizationServer {
    return new ExistingAuthorizationServer(scope, id, props);
  }
}

class ExistingAuthorizationServer extends Construct implements IAuthorizationServer {
  readonly serverId: string;
  readonly issuerUrl: string;

  constructor(scope: Construct, id: string, props: ExistingAuthorizationServerProps) {
    super(scope, id);
    const { name } = props;
    const quoted = quotedName(name);
    const server = new DataOktaAuthServer(this, 'Resource', {
      name,
      lifecycle: {
        postcondition: [
          exactName(name, `Okta has no authorization server named exactly ${quoted}.`),
          {
            // Organizations without custom domains give no mode, and their issuer is always the same.
            condition: '${self.issuer_mode != "DYNAMIC"}',
            errorMessage: `The issuer of the authorization server ${quoted} depends on the host name that a person signs in at (DYNAMIC), and EKS compares it letter by letter: set it to ORG_URL or CUSTOM_URL.`,
          },
        ],
      },
    });
    this.serverId = server.id;
    this.issuerUrl = server.issuer;
    addGroupsClaim(this, props);
  }
}

function addGroupsClaim(server: Construct & IAuthorizationServer, props: GroupsClaimProps): void {
  new AuthServerClaim(server, 'GroupsClaim', {
    authServerId: server.serverId,
    name: props.groupsClaim ?? 'groups',
    claimType: 'IDENTITY',
    valueType: 'GROUPS',
    groupFilterType: 'STARTS_WITH',
    value: props.groupsStartWith,
    // Otherwise the claim is missing from the ID tokens of the code flow.
    alwaysIncludeInToken: true,
    // The provider does not replace a claim when its server is another one; a data source cannot be named here.
    lifecycle: replacedWith(server.idAddress),
  });
}
