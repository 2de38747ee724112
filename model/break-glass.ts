/** The Kubernetes group of break-glass access, which no Okta token can produce. */
export const BREAK_GLASS_GROUP = 'break-glass';
