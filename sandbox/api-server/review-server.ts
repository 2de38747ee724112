import type { IncomingMessage } from 'node:http';

/** A webhook for the API servers of several clusters. */
export interface ReviewServer {
  /** URL for the API server of a cluster. */
  url(cluster: string): string;
  close(): Promise<void>;
}

export function reviewUrl(port: number, cluster: string): string {
  return `https://127.0.0.1:${port}/${encodeURIComponent(cluster)}`;
}

/** The cluster of a request; undefined if its path cannot be decoded. */
export function clusterOf({ url = '' }: Pick<IncomingMessage, 'url'>): string | undefined {
  const [path = ''] = url.split('?', 1);
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}
