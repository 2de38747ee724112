import type { Attempt } from './attacker';
import { type Answer, APPLY } from './client';

let names = 0;

/** A name that nobody else uses. */
export const newName = () => `attempt-${names++}`;

export const isDone = ({ status }: Answer) => status >= 200 && status < 300;

/** Creates an object with a new name, or applies it under a name that the attacker's rules contain. */
export async function created(
  { names, send }: Attempt,
  path: string,
  object: (name: string) => object,
): Promise<Answer['body'] | undefined> {
  const own = newName();
  const posted = await send('POST', path, object(own));
  if (isDone(posted)) return posted.body;
  const [, place = 'default'] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
  for (const name of (await names(place)).filter((text) => /^[a-z0-9-]+$/.test(text))) {
    const applied = await send('PATCH', `${path}/${name}?fieldManager=attacker&force=true`, object(name), APPLY);
    if (applied.status === 201) return applied.body;
  }
  return undefined;
}
