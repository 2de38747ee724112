import { EVENTS, type LogEvent } from '../system-log';
import { type Call, list, ok, type Routes } from './call';
import { type Operator, parseFilter } from './filter';
import type { ManagementWorld } from './management-world';
import { invalid } from './okta-error';

const COMPARED: readonly Operator[] = ['eq', 'ne', 'sw', 'ew', 'co', 'gt', 'ge', 'lt', 'le', 'pr'];
const NAMES = [
  'uuid',
  'published',
  'eventType',
  'severity',
  'displayMessage',
  'actor.*',
  'target.*',
  'outcome.*',
  'client.*',
];
const FILTERED = Object.fromEntries(NAMES.map((name) => [name, COMPARED]));

/** Without `since`, Okta returns the events of the last seven days. */
const DEFAULT_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_EVENTS = 1000;
const USUAL_EVENTS = 100;

/** The system log. */
export function logRoutes({ organization }: ManagementWorld): Routes {
  return {
    'GET /logs': list(['since', 'until', 'filter', 'q', 'sortOrder'], (call) => {
      const since = time(call, 'since') ?? new Date(Date.now() - DEFAULT_MS);
      const until = time(call, 'until');
      const order = call.query('sortOrder') ?? 'ASCENDING';
      if (order !== 'ASCENDING' && order !== 'DESCENDING') {
        throw invalid('sortOrder', `The value must be ASCENDING or DESCENDING, not ${order}`);
      }
      const words = (call.query('q') ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      const filter = call.query('filter');
      const fits =
        filter === undefined ? () => true : parseFilter(filter, { parameter: 'filter', attributes: FILTERED });
      const events = organization.log
        .all()
        .filter(({ published }) => published >= since && (until === undefined || published < until))
        .map((event) => ({ id: cursor(event.number), shown: showEvent(event) }))
        .filter(({ shown }) => fits(shown) && hasWords(shown, words));
      const page = call.page(
        order === 'ASCENDING' ? events : events.reverse(),
        ({ shown }) => shown,
        MOST_EVENTS,
        USUAL_EVENTS,
      );
      if (page.next !== undefined || until !== undefined || order === 'DESCENDING') return page;
      // Okta's answer to a call without an end always has a next page: that of the events to come.
      const last = events.at(-1)?.id ?? call.query('after');
      return { ...ok(page.body), next: call.nextPage(last ?? cursor(0)) };
    }),
  };
}

/** The place of an event among all. Texts rise as the numbers do. */
function cursor(number: number): string {
  return String(number).padStart(12, '0');
}

function time(call: Call, name: string): Date | undefined {
  const text = call.query(name);
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(date.getTime())) {
    throw invalid(name, `The value must be a time such as 2026-01-31T12:00:00Z, not ${text}`);
  }
  return date;
}

/** `q` looks for whole words in all values. */
function hasWords(shown: unknown, words: readonly string[]): boolean {
  const text = JSON.stringify(shown).toLowerCase();
  return words.every((word) => text.includes(word));
}

function showEvent({ uuid, published, eventType, actor, targets, failure, ipAddress, userAgent }: LogEvent): unknown {
  return {
    ...{ uuid, published: published.toISOString(), eventType, version: '0' },
    severity: failure === undefined ? 'INFO' : 'WARN',
    displayMessage: EVENTS[eventType],
    actor: { ...actor, detailEntry: null },
    client: {
      ...{ userAgent: { rawUserAgent: userAgent ?? null, os: null, browser: null }, zone: null, device: null },
      ...{ id: null, ipAddress: ipAddress ?? null, geographicalContext: null },
    },
    outcome: { result: failure === undefined ? 'SUCCESS' : 'FAILURE', reason: failure ?? null },
    target: (targets ?? []).map((target) => ({ ...target, detailEntry: null })),
    transaction: { type: 'WEB', id: uuid, detail: {} },
    debugContext: { debugData: {} },
    authenticationContext: { authenticationStep: 0, externalSessionId: null },
    securityContext: {},
    request: { ipChain: ipAddress === undefined ? [] : [{ ip: ipAddress, version: 'V4', source: null }] },
  };
}
