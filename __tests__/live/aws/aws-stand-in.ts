import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server that stands for EKS and CloudWatch Logs knows; undefined is what it does not have. */
export interface AwsState {
  cluster: Record<string, unknown> | undefined;
  /** The `oidc` part of an association. */
  association: Record<string, unknown> | undefined;
  accessEntries: readonly string[];
  /** The results of a query of logs, and how often it is still running first. */
  refusals: readonly { readonly reason: string; readonly times: string }[];
  running: number;
  /** An error in place of an answer, by operation. */
  errors: Record<string, { readonly status: number; readonly type: string; readonly message: string }>;
}

/** A server that stands for EKS and CloudWatch Logs. */
export interface AwsStandIn {
  readonly state: AwsState;
  /** The variables with which the AWS SDK asks it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The operations that were asked for. */
  readonly requests: string[];
  close(): Promise<unknown>;
}

/** Starts a server that answers as EKS and CloudWatch Logs do, for one cluster. */
export async function awsStandIn(): Promise<AwsStandIn> {
  const state: AwsState = {
    ...{ cluster: undefined, association: undefined, accessEntries: [], refusals: [], running: 0, errors: {} },
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const operation = operationOf(request);
    requests.push(operation);
    const [status, body, type] = answerTo(operation, state);
    response.writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) });
    response.end(JSON.stringify(type === undefined ? body : { __type: type, ...body }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ state, requests },
    environment: {
      ...{ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'hunter2', AWS_MAX_ATTEMPTS: '1' },
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

function operationOf({ method, url = '', headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1] ?? '';
  const [path = ''] = url.split('?');
  if (method === 'GET' && /^\/clusters\/[^/]+$/.test(path)) return 'DescribeCluster';
  if (path.endsWith('/identity-provider-configs')) return 'ListIdentityProviderConfigs';
  if (path.endsWith('/identity-provider-configs/describe')) return 'DescribeIdentityProviderConfig';
  if (path.endsWith('/access-entries')) return 'ListAccessEntries';
  return `${method} ${url}`;
}

function answerTo(operation: string, state: AwsState): readonly [status: number, body: object, type?: string] {
  const error = state.errors[operation];
  if (error !== undefined) return [error.status, { message: error.message }, error.type];
  const none = [404, { message: 'No cluster found for name: prod.' }, 'ResourceNotFoundException'] as const;
  const { cluster, association, accessEntries, refusals } = state;
  switch (operation) {
    case 'DescribeCluster':
      return cluster === undefined ? none : [200, { cluster }];
    case 'ListIdentityProviderConfigs': {
      const name = association?.identityProviderConfigName;
      return [200, { identityProviderConfigs: association === undefined ? [] : [{ type: 'oidc', name }] }];
    }
    case 'DescribeIdentityProviderConfig':
      return [200, { identityProviderConfig: { oidc: association } }];
    case 'ListAccessEntries':
      return [200, { accessEntries }];
    case 'StartQuery':
      return [200, { queryId: 'one' }];
    case 'GetQueryResults': {
      if (state.running-- > 0) return [200, { status: 'Running', results: [] }];
      const fields = refusals.map((row) => Object.entries(row).map(([field, value]) => ({ field, value })));
      return [200, { status: 'Complete', results: fields }];
    }
    default:
      return none;
  }
}
