import type { Attempt, Gain } from '../attacker';
import type { Answer } from '../client';
import { created, isDone } from '../creating';
import { bestAccount, until } from '../playing-field';
import { eventsOf } from './events-of';

export async function createsTokens({ field, send, serviceAccount }: Attempt, place: string): Promise<readonly Gain[]> {
  const gains = await Promise.all(
    (await field.serviceAccounts(place)).map(async (name) => {
      const answer = await send('POST', `/api/v1/namespaces/${place}/serviceaccounts/${name}/token`, { spec: {} });
      if (!isDone(answer)) return [];
      const does = `creates a token of a service account of ${place}`;
      return [{ does, to: serviceAccount(place, name, { token: answer.body.status.token }) }];
    }),
  );
  return gains.flat();
}

export async function createsTokenSecret(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, serviceAccount } = attempt;
  const account = await bestAccount(field, place);
  const secrets = `/api/v1/namespaces/${place}/secrets`;
  const secret = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token' },
    metadata: { name, annotations: { 'kubernetes.io/service-account.name': account } },
  });
  const { name } = (await created(attempt, secrets, secret))?.metadata ?? {};
  if (name === undefined) return [];
  const token = await until(`a token in the Secret ${name} of ${place}`, async () => {
    const found = await readSecret(attempt, secrets, name);
    return found === 'refused' ? found : found?.data?.token;
  });
  if (token === 'refused') return [];
  const credentials = { token: Buffer.from(token, 'base64').toString() };
  const does = `creates a Secret for the token of a service account of ${place} and reads it`;
  return [{ does, to: serviceAccount(place, account, credentials) }];
}

async function readSecret({ send }: Attempt, secrets: string, name: string): Promise<Answer['body'] | 'refused'> {
  const got = await send('GET', `${secrets}/${name}`);
  if (isDone(got)) return got.body;
  const isIt = ({ metadata }: Answer['body']) => metadata.name === name;
  const listed = await send('GET', secrets);
  if (isDone(listed)) return listed.body.items.find(isIt);
  const patched = await send('PATCH', `${secrets}/${name}`, {});
  if (isDone(patched)) return patched.body;
  const deleted = await send('DELETE', `${secrets}?fieldSelector=metadata.name=${name}&dryRun=All`);
  if (isDone(deleted)) return deleted.body.items.find(isIt);
  const watched = await send('GET', `${secrets}?watch=true&timeoutSeconds=1`);
  if (!isDone(watched)) return 'refused';
  return eventsOf(watched).filter(isIt).at(-1);
}
