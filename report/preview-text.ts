import { escaped } from '../constraints/finding';
import type { AppPreview, TokenPreview } from '../model/review/token-preview';
import { tableLines } from './table-text';
import { enumerated } from './words';

const MOST_CLUSTERS = 8;

/** The previewed tokens of a person, for a terminal. */
export function previewText({ login, apps }: TokenPreview): string {
  return [
    `ID tokens of ${escaped(login)}, as Okta would issue them`,
    ...apps.flatMap((app) => ['', ...appLines(app)]),
    '',
  ].join('\n');
}

function appLines({ app, clusters, scopes, refused, claims, groups }: AppPreview): readonly string[] {
  const lines = [
    ...(refused === null ? [] : [`Okta refuses the sign-in: ${escaped(refused)}`]),
    ...tableLines(claims.map(({ name, value, from }) => [escaped(name), escaped(valueText(value)), escaped(from)])),
    ...tableLines(
      groups.map(({ group, inToken, because }) => [
        inToken === null ? '?' : inToken ? '+' : '-',
        escaped(group),
        escaped(because),
      ]),
    ),
  ];
  return [
    `App ${escaped(app)}, for ${escaped(enumerated(clusters, MOST_CLUSTERS))}, with the scopes ${scopes.join(', ')}`,
    ...lines.map((line) => `  ${line}`),
  ];
}

function valueText(value: unknown): string {
  // Not there, or not known: the words beside it say which.
  if (value === null) return '-';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
