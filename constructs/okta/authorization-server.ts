import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { AuthServer } from '#okta/auth-server';
import { AuthServerClaim } from '#okta/auth-server-claim';
import { DataOktaAuthServer } from '#okta/data-okta-auth-server';
import { claimNameFinding } from '../../constraints/okta/claim-names';
import { errorsOf, expressionFindings } from '../../constraints/okta/expression-findings';
import { type IssuerMode, issuerModeFinding } from '../../constraints/okta/issuer-mode';
import { Forgotten } from '../forgotten';
import { idAddress, replacedWith } from '../replacement';
import { validateFindings } from '../validate-findings';
import { exactName, quotedName } from './exact-name';

/** A custom authorization server whose ID tokens carry the user's groups, created here or looked up. */
export interface IAuthorizationServer extends IConstruct {
  /** Okta's id, known after apply. */
  readonly serverId: string;
  /** Issuer (`iss`) of its tokens, with which the identity provider of EKS is configured. */
  readonly issuerUrl: string;
  /** Address of the server's id, for resources that must be replaced with it; undefined if it is looked up. */
  readonly idAddress?: string;
}

export interface GroupsClaimProps {
  /**
   * Claim of the ID token with the user's groups.
   * @default 'groups'
   */
  readonly groupsClaim?: string;
  /** Start of the names of groups that the claim includes; Okta ignores case. */
  readonly groupsStartWith: string;
  /**
   * Further claims of the ID token: expressions in Okta's expression language by name.
   * @see https://developer.okta.com/docs/reference/okta-expression-language/
   * @default - none
   */
  readonly claims?: Readonly<Record<string, string>>;
}

export interface ExistingAuthorizationServerProps extends GroupsClaimProps {
  /** Exact name of the server. */
  readonly name: string;
  /**
   * Whether Terraform made the server until now, as an `AuthorizationServer` with the same id: it then forgets it instead of
   * destroying it.
   * @default false
   */
  readonly handOver?: boolean;
}

export interface AuthorizationServerProps extends GroupsClaimProps {
  /** Name of the server. */
  readonly name: string;
  /**
   * Description of the server.
   * @default - none
   */
  readonly description?: string;
  /**
   * Only audience of its access tokens. The audience of an ID token is the client id instead.
   * @default 'http://localhost:8000'
   */
  readonly audience?: string;
  /**
   * Whether the issuer has the organization's host name (`ORG_URL`) or its custom domain (`CUSTOM_URL`).
   * @default 'ORG_URL'
   */
  readonly issuerMode?: IssuerMode;
  /**
   * Whether Terraform may destroy or replace the server. A new server has a new issuer, which no cluster trusts yet.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** A custom authorization server whose ID tokens carry the user's groups. */
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
    addClaims(this, props);
  }

  /**
   * Looks up an existing server by its exact name when Terraform plans. It adds the groups claim to the server, and
   * changes nothing else.
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
          exactName(name, `Okta has no authorization server with the exact name ${quoted}.`),
          {
            // Organizations without a custom domain return no mode, and their issuer never varies.
            condition: '${self.issuer_mode != "DYNAMIC"}',
            errorMessage: `The issuer mode of the authorization server ${quoted} is DYNAMIC: its issuer depends on the host name at which a user signs in, but EKS compares it character by character. Set the mode to ORG_URL or CUSTOM_URL.`,
          },
        ],
      },
    });
    if (props.handOver) new Forgotten(this, 'HandedOver', AuthServer.tfResourceType, server);
    this.serverId = server.id;
    this.issuerUrl = server.issuer;
    addClaims(this, props);
  }
}

function addClaims(server: Construct & IAuthorizationServer, props: GroupsClaimProps): void {
  const { claims = {}, groupsClaim = 'groups' } = props;
  validateFindings(server, () => [
    claimNameFinding(groupsClaim),
    ...Object.entries(claims).flatMap(([name, expression]) => [
      claimNameFinding(name),
      ...(Token.isUnresolved(expression) ? [] : errorsOf(expressionFindings(expression, 'claim'))),
    ]),
  ]);
  new AuthServerClaim(server, 'GroupsClaim', {
    ...claimOf(server, groupsClaim),
    valueType: 'GROUPS',
    groupFilterType: 'STARTS_WITH',
    value: props.groupsStartWith,
  });
  const scope = new Construct(server, 'Claim');
  for (const [name, value] of Object.entries(claims)) {
    new AuthServerClaim(scope, name, { ...claimOf(server, name), valueType: 'EXPRESSION', value });
  }
}

/** What every claim of a server has. */
function claimOf(server: IAuthorizationServer, name: string) {
  return {
    authServerId: server.serverId,
    name,
    claimType: 'IDENTITY',
    // Otherwise, ID tokens of the authorization code flow do not contain the claim.
    alwaysIncludeInToken: true,
    // The provider does not replace a claim when its server changes. A data source cannot trigger a replacement.
    lifecycle: replacedWith(server.idAddress),
  };
}
