import { type Finding, shown } from './finding';
import { nameList, nearestName } from './nearest-name';

/** What stands for the name of the stack in the configuration of a backend. */
export const STACK = '{stack}';

/** Arguments with a secret, by the type of the backend, each with the environment variable that Terraform reads instead. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azurerm: {
    access_key: 'ARM_ACCESS_KEY',
    client_certificate: 'ARM_CLIENT_CERTIFICATE',
    client_certificate_password: 'ARM_CLIENT_CERTIFICATE_PASSWORD',
    client_secret: 'ARM_CLIENT_SECRET',
    oidc_request_token: 'ARM_OIDC_REQUEST_TOKEN',
    oidc_token: 'ARM_OIDC_TOKEN',
    sas_token: 'ARM_SAS_TOKEN',
  },
  consul: { access_token: 'CONSUL_HTTP_TOKEN', http_auth: 'CONSUL_HTTP_AUTH' },
  cos: {
    secret_id: 'TENCENTCLOUD_SECRET_ID',
    secret_key: 'TENCENTCLOUD_SECRET_KEY',
    security_token: 'TENCENTCLOUD_SECURITY_TOKEN',
  },
  gcs: { access_token: 'GOOGLE_OAUTH_ACCESS_TOKEN', encryption_key: 'GOOGLE_ENCRYPTION_KEY' },
  http: { client_private_key_pem: 'TF_HTTP_CLIENT_PRIVATE_KEY_PEM', password: 'TF_HTTP_PASSWORD' },
  kubernetes: { client_key: 'KUBE_CLIENT_KEY_DATA', password: 'KUBE_PASSWORD', token: 'KUBE_TOKEN' },
  local: {},
  oss: {
    access_key: 'ALICLOUD_ACCESS_KEY',
    secret_key: 'ALICLOUD_SECRET_KEY',
    security_token: 'ALICLOUD_SECURITY_TOKEN',
  },
  pg: {},
  remote: { token: 'TF_TOKEN_app_terraform_io, with the name of the host' },
  s3: {
    access_key: 'AWS_ACCESS_KEY_ID',
    secret_key: 'AWS_SECRET_ACCESS_KEY',
    sse_customer_key: 'AWS_SSE_CUSTOMER_KEY',
    token: 'AWS_SESSION_TOKEN',
  },
};

/** The types of backends that Terraform has. @see https://developer.hashicorp.com/terraform/language/backend */
const TYPES = Object.keys(SECRETS);

/** Checks the type of a backend. */
export function backendTypeFinding(type: string): Finding | undefined {
  if (TYPES.includes(type)) return undefined;
  const nearest = nearestName(type, TYPES);
  return {
    message: `Terraform has no backend of this type.${nearest === undefined ? '' : ` Did you mean ${shown(nearest)}?`}`,
    given: shown(type),
    allowed: nameList(TYPES),
    fix: type === 'cloud' ? 'Use backend.cloud.' : 'Write the type as Terraform names it.',
  };
}

/** Checks that the state of each stack has a place of its own. */
export function stackPlaceFinding(config: unknown): Finding | undefined {
  if (textsIn(config).some(({ text }) => text.includes(STACK))) return undefined;
  return {
    message: 'Every stack would keep its state in the same place, and overwrite that of the others.',
    given: `no text with ${STACK}`,
    allowed: `a text with ${STACK}, which is replaced by the name of the stack, such as eks-access/${STACK}.tfstate`,
    fix: `Add ${STACK} to the argument that names the place of the state, such as key, path, prefix, or address.`,
  };
}

/** A finding about a text of the configuration, with its place there. */
export interface SecretFinding {
  readonly place: readonly (string | number)[];
  readonly finding: Finding;
}

const SECRET_NAME =
  /(^|_)(password|passwd|secret|secret_key|access_key|private_key|private_key_pem|token|credentials)$/;
/** A password in a URL, in the settings of a connection, or in the JSON of a service account. */
const SECRET_TEXT = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@|\bpassword\s*=|"private_key"|-----BEGIN/i;

/**
 * Finds secrets in the configuration of a backend, which would be in the file, in the stacks, and in the state of others.
 * @see https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data
 */
export function secretFindings(type: string, config: unknown): readonly SecretFinding[] {
  const known = Object.hasOwn(SECRETS, type) ? SECRETS[type] : undefined;
  return textsIn(config).flatMap(({ place, text }) => {
    const name = String(place.at(-1));
    const variable = known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    // The path of a file with credentials is no secret.
    const isSecret = SECRET_NAME.test(name) && !(name === 'credentials' && !text.includes('{'));
    if (variable === undefined && !isSecret && !SECRET_TEXT.test(text)) return [];
    const finding: Finding = {
      message: 'A secret does not belong into the file: it would be in the stacks, too.',
      given: `a value of ${name}, which is not repeated here`,
      allowed: 'arguments without secrets',
      fix: `Remove it, and set ${variable ?? variableOf(type, name)} where Terraform runs.`,
    };
    return [{ place, finding }];
  });
}

/** The environment variable for a secret that has no argument of its own. */
function variableOf(type: string, name: string): string {
  if (type === 'pg') return 'PGPASSWORD, or PG_CONN_STR with the whole address,';
  if (type === 'http') return 'TF_HTTP_USERNAME and TF_HTTP_PASSWORD';
  if (type === 'gcs') return 'GOOGLE_CREDENTIALS';
  return `the environment variable that the documentation of the backend names for ${name}`;
}

interface PlacedText {
  readonly place: readonly (string | number)[];
  readonly text: string;
}

/** Every text of a configuration with its place. */
function textsIn(value: unknown, place: readonly (string | number)[] = []): readonly PlacedText[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}
