import { OktaError } from './okta-error';

export interface RateLimitProps {
  /** Calls of one kind, such as those of groups, in a window. */
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Counts the calls of each kind, and refuses those above the limit until the next window. */
export class RateLimit {
  private readonly windows = new Map<string, { readonly end: number; count: number }>();

  constructor(private readonly props: RateLimitProps) {}

  /**
   * Counts a call.
   * @param bucket the kind.
   * @returns Okta's headers, also for an answer that refuses the call.
   */
  count(bucket: string): Readonly<Record<string, string>> {
    const { limit, windowSeconds } = this.props;
    const now = Date.now();
    const open = this.windows.get(bucket);
    const window = open !== undefined && now < open.end ? open : { end: now + windowSeconds * 1000, count: 0 };
    window.count += 1;
    this.windows.set(bucket, window);
    return {
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(Math.max(0, limit - window.count)),
      'x-rate-limit-reset': String(Math.ceil(window.end / 1000)),
    };
  }

  /** Fails for a call above the limit. */
  require(bucket: string): void {
    if ((this.windows.get(bucket)?.count ?? 0) <= this.props.limit) return;
    throw new OktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
  }
}
