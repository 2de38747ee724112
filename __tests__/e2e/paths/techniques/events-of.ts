import type { Answer } from '../client';

/** The objects of a watch, which answers with one event or with several as lines. */
export function eventsOf({ body }: Answer): readonly Answer['body'][] {
  const events =
    typeof body === 'string'
      ? body
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [body];
  return events.map(({ object }) => object);
}
