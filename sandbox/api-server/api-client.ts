import { httpsFetch } from '../https-fetch';

/** Sends requests to an API server with a token. */
export interface ApiClient {
  /** @param token the token of this request. @default - the token of the client */
  request(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, token?: string): Promise<ApiResponse>;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

export function apiClient(server: string, caPem: string, ownToken: string): ApiClient {
  const fetch = httpsFetch(caPem);
  return {
    async request(method, path, body, token = ownToken) {
      const response = await fetch(`${server}${path}`, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          'content-type': 'application/json',
          accept: 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      return { status: response.status, body: isJson ? JSON.parse(text) : text };
    },
  };
}
