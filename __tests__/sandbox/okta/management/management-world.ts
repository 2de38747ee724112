import { type HttpsFetch, httpsFetch } from '../../../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../../../sandbox/okta/certificate-authority';
import { type RunningIssuer, type RunningManagement, startIssuer } from '../../../../sandbox/okta/issuer';
import type { ManagementOptions } from '../../../../sandbox/okta/management/management-api';
import { Organization } from '../../../../sandbox/okta/organization';

export const PASSWORD = 'the password of all';

/** The answer of the management API. */
export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes.
  readonly body: any;
  readonly headers: Headers;
}

// Also those of tests that fail: an issuer that is left open would keep Jest from exiting.
const started: RunningIssuer[] = [];
afterAll(() => Promise.all(started.map((issuer) => issuer.close())));

/** An organization with its issuer and its management API. Ana is in `eks-admins`, and Ben is in no group. */
export class ManagementTestWorld {
  private constructor(
    readonly organization: Organization,
    readonly issuer: RunningIssuer,
    readonly management: RunningManagement,
    readonly fetch: HttpsFetch,
  ) {}

  static async start(management: ManagementOptions = {}): Promise<ManagementTestWorld> {
    const organization = new Organization(PASSWORD);
    organization.addUser({ login: 'ana@example.com', profile: { firstName: 'Ana', lastName: 'Lima' } });
    organization.addUser({ login: 'ben@example.com', profile: { firstName: 'Ben', lastName: 'Reis' } });
    organization.addGroup('eks-admins');
    organization.addMember('eks-admins', 'ana@example.com');
    const issuer = await startIssuer({ organization, ca: await createCertificateAuthority(), management });
    started.push(issuer);
    return new ManagementTestWorld(
      organization,
      issuer,
      issuer.management as RunningManagement,
      httpsFetch(issuer.caPem),
    );
  }

  idOf(name: string): string {
    return (this.organization.userByLogin(`${name}@example.com`) ?? this.organization.groupByName(name))?.id ?? '';
  }

  /** Calls the API with the API token of the super administrator. */
  call(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    return this.callWith(`SSWS ${this.management.apiToken}`, method, path, body);
  }

  async callWith(authorization: string | undefined, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const url = new URL(path.startsWith('https:') ? path : `/api/v1${path}`, this.management.url);
    const response = await this.fetch(url, {
      method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }
}

/** The next page of an answer; undefined on the last one. */
export function nextPage({ headers }: ApiAnswer): string | undefined {
  return /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
}

/** The causes of an error. */
export function causesOf({ body }: ApiAnswer): readonly string[] {
  return body.errorCauses.map(({ errorSummary }: { errorSummary: string }) => errorSummary);
}
