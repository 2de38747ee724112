import { readFileSync } from 'node:fs';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { didYouMean, nameList } from '../../constraints/nearest-name';
import type { Access } from '../../model';
import { certificateBlocks, type FactKind, factProblem } from './fact-finding';
import type { LiveFact, LiveFacts } from './live-facts';

/** Facts as a command line gives them. */
export interface FlagFacts {
  readonly issuer?: string;
  /** `APP=ID`, or `ID` for the only app. */
  readonly clientId?: readonly string[];
  /** `CLUSTER=URL`, or `URL` for the only cluster. */
  readonly endpoint?: readonly string[];
  /** `CLUSTER=FILE`, or `FILE` for the only cluster. */
  readonly certificateAuthority?: readonly string[];
}

/**
 * Reads the facts of a command line.
 * @throws AccessError with every wrong value.
 */
export function flagFacts(access: Pick<Access, 'apps' | 'clusters'>, flags: FlagFacts): LiveFacts {
  const problems: string[] = [];
  const checked = (kind: FactKind, value: string, source: string): LiveFact => {
    const problem = factProblem(kind, value, source);
    if (problem !== undefined) problems.push(problem);
    return { value, source };
  };
  const factsOf = (
    kind: FactKind,
    { flag, what, names }: NamedValues,
    given: readonly string[] = [],
    read = (value: string) => value,
  ): ReadonlyMap<string, LiveFact> => {
    const facts = new Map<string, LiveFact>();
    for (const text of given) {
      try {
        const [name, value] = namedValue(text, { flag, what, names });
        if (facts.has(name)) throw new AccessError(`${flag}: The ${what} '${escaped(name)}' has two values.`);
        facts.set(name, checked(kind, read(value), flag));
      } catch (error) {
        if (!AccessError.is(error)) throw error;
        problems.push(error.message);
      }
    }
    return facts;
  };
  const apps = { what: 'app', names: access.apps.map(({ name }) => name) };
  const clusters = { what: 'cluster', names: Object.keys(access.clusters) };
  const authority = { flag: '--certificate-authority', ...clusters };
  const facts: LiveFacts = {
    ...(flags.issuer !== undefined && { issuerUrl: checked('issuerUrl', flags.issuer, '--issuer') }),
    clientIds: factsOf('clientId', { flag: '--client-id', ...apps }, flags.clientId),
    endpoints: factsOf('endpoint', { flag: '--endpoint', ...clusters }, flags.endpoint),
    certificateAuthorities: factsOf('certificateAuthority', authority, flags.certificateAuthority, encodedFile),
  };
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  return facts;
}

interface NamedValues {
  readonly flag: string;
  /** What the names are names of: `app` or `cluster`. */
  readonly what: string;
  readonly names: readonly string[];
}

/** The name and the value of `NAME=VALUE`; the name may be left out if there is only one. */
function namedValue(given: string, { flag, what, names }: NamedValues): readonly [name: string, value: string] {
  // A name can contain `=`: the longest one that fits is meant.
  const fitting = [...names].sort((a, b) => b.length - a.length).find((name) => given.startsWith(`${name}=`));
  if (fitting !== undefined) return [fitting, given.slice(fitting.length + 1)];
  const [prefix = ''] = given.split('=', 1);
  const isNamed = prefix !== given && !/[/:\\]/.test(prefix);
  const [only] = names;
  if (!isNamed && only !== undefined && names.length === 1) return [only, given];
  const problem = isNamed
    ? `The access file has no ${what} '${escaped(prefix)}'.${didYouMean(prefix, names)}`
    : `The access file has several ${what}s. Write ${flag} NAME=VALUE.`;
  throw new AccessError(`${flag}: ${problem} The ${what}s are ${nameList(names)}.`);
}

/** The certificates of a file in base64; of a file without any, nothing. What else the file holds may be secret. */
function encodedFile(file: string): string {
  try {
    const blocks = certificateBlocks(readFileSync(file, 'utf8'));
    return Buffer.from(blocks.map((block) => `${block}\n`).join('')).toString('base64');
  } catch (error) {
    throw new AccessError(`--certificate-authority: The file cannot be read: ${escaped((error as Error).message)}.`);
  }
}
