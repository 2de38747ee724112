import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { nameList } from '../../constraints/nearest-name';
import { placeAt } from '../../input/text-place';
import type { Access } from '../../model';
import { eksClusters } from '../../model/derived/clusters';
import { clientIdOutput } from '../../model/derived/sign-in-apps';
import { type FactKind, factProblem } from './fact-finding';
import { combinedFacts, type LiveFact, type LiveFacts } from './live-facts';

type Known = Pick<Access, 'apps' | 'clusters'>;

/** The outputs of stacks, by the name of the stack. Values are not checked yet. */
type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const OKTA = 'okta';
const SHAPES = 'what `cdktf output --outputs-file`, `terraform output -json`, or a state file holds';

/**
 * Reads the facts of files with the outputs of stacks.
 * @param files each `FILE`, or `STACK=FILE` where the file does not say which stack it is of.
 * @throws AccessError with everything that is wrong in all of them.
 */
export function outputFacts(access: Known, files: readonly string[]): LiveFacts {
  const problems: string[] = [];
  const found = files.flatMap((file): readonly LiveFacts[] => {
    try {
      return [factsOfFile(access, file)];
    } catch (error) {
      if (!AccessError.is(error)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  problems.push(...contradictions(found));
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  return combinedFacts(found);
}

function factsOfFile(access: Known, given: string): LiveFacts {
  const stacks = [OKTA, ...eksClusters(access).map(({ key }) => stackOf(key))];
  const named = stacks.find((stack) => given.startsWith(`${stack}=`));
  const file = named === undefined ? given : given.slice(named.length + 1);
  const outputs = outputsOf(access, { file, stack: named, stacks });
  const problems: string[] = [];
  const fact = (stack: string, output: string, kind: FactKind): LiveFact | undefined => {
    const value = outputs[stack]?.[output];
    if (value === undefined || value === null) return undefined;
    const problem = factProblem(kind, value, escaped(`${file}, output ${output} of ${stack}`));
    if (problem !== undefined) problems.push(problem);
    return { value: String(value), source: file };
  };
  const facts = (names: readonly string[], read: (name: string) => LiveFact | undefined) =>
    new Map(
      names.flatMap((name) => {
        const found = read(name);
        return found === undefined ? [] : [[name, found] as const];
      }),
    );
  const keys = eksClusters(access).map(({ key }) => key);
  const issuerUrl = fact(OKTA, 'issuer_url', 'issuerUrl');
  const found: LiveFacts = {
    ...(issuerUrl !== undefined && { issuerUrl }),
    clientIds: facts(
      access.apps.map(({ name }) => name),
      (app) => fact(OKTA, clientIdOutput(app), 'clientId'),
    ),
    endpoints: facts(keys, (key) => fact(stackOf(key), 'endpoint', 'endpoint')),
    certificateAuthorities: facts(keys, (key) => fact(stackOf(key), 'certificate_authority', 'certificateAuthority')),
  };
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  if (factsIn(found).length === 0) {
    throw new AccessError(
      `${escaped(file)}: It has no output of the stacks ${nameList(stacks)}. Deploy them first, and write the outputs again.`,
    );
  }
  return found;
}

function stackOf(key: string): string {
  return `cluster-${key}`;
}

interface OutputsFile {
  readonly file: string;
  /** The stack that the command line names. */
  readonly stack: string | undefined;
  /** Every stack with outputs. */
  readonly stacks: readonly string[];
}

const terraformOutputs = z.record(z.string(), z.object({ value: z.unknown(), type: z.unknown() }));
const state = z.object({
  version: z.literal(4),
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  resources: z
    .array(z.object({ type: z.string(), instances: z.array(z.object({ attributes: z.unknown() })).default([]) }))
    .default([]),
});
const cdktfOutputs = z.record(z.string(), z.record(z.string(), z.unknown()));

function outputsOf(access: Known, { file, stack, stacks }: OutputsFile): Outputs {
  const content = contentOf(file);
  const oneStack = (outputs: Readonly<Record<string, { readonly value: unknown }>>, byContent?: string): Outputs => {
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    if (Object.keys(values).length === 0) return {};
    return { [stack ?? byContent ?? stackByName(file, stacks) ?? stackByOutputs(values, { file, stacks })]: values };
  };
  const asState = state.safeParse(content);
  if (asState.success) return oneStack(asState.data.outputs, stackByResources(access, asState.data.resources));
  const asOutputs = terraformOutputs.safeParse(content);
  if (asOutputs.success) return oneStack(asOutputs.data);
  const asCdktf = cdktfOutputs.safeParse(content);
  if (asCdktf.success && !('encrypted_data' in asCdktf.data)) return asCdktf.data;
  const encrypted = typeof content === 'object' && content !== null && 'encrypted_data' in content;
  throw new AccessError(
    encrypted
      ? `${escaped(file)}: This state is encrypted. Use the output of \`tofu output -json\` instead.`
      : `${escaped(file)}: This is not ${SHAPES}.`,
  );
}

/** What a file holds. Its text is in no message, because a state can contain secrets. */
function contentOf(file: string): unknown {
  let text: string;
  try {
    text = decoded(readFileSync(file));
  } catch (error) {
    throw new AccessError(`--outputs: The file cannot be read: ${escaped((error as Error).message)}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    const errors: import('jsonc-parser').ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const { line, column } = placeAt(text, errors[0]?.offset ?? 0);
    throw new AccessError(
      `${escaped(file)}: This is not JSON: line ${line}, column ${column} is wrong. Allowed: ${SHAPES}.`,
    );
  }
}

/** The text of a file. Windows PowerShell writes what a program prints in UTF-16, and other tools put a mark before UTF-8. */
function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** The stack that a file is named after, such as `terraform.cluster-prod.tfstate` or `cluster-prod.json`. */
function stackByName(file: string, stacks: readonly string[]): string | undefined {
  const name = basename(file)
    .replace(/^terraform\./, '')
    .replace(/\.(json|tfstate)$/, '');
  return stacks.find((stack) => stack === name);
}

/** The cluster stack whose cluster is in a state. */
function stackByResources(access: Known, resources: z.output<typeof state>['resources']): string | undefined {
  const clusters = resources.filter(({ type }) => type === 'aws_eks_cluster');
  const attributes = clusters
    .flatMap(({ instances }) => instances)
    .map((instance) => instance.attributes as { readonly name?: unknown; readonly arn?: unknown } | null);
  const found = eksClusters(access).find(({ name, settings }) =>
    attributes.some((known) => known?.name === name && String(known.arn).split(':')[3] === settings.region),
  );
  return found === undefined ? undefined : stackOf(found.key);
}

/** The stack that has outputs of these names. */
function stackByOutputs(
  outputs: Readonly<Record<string, unknown>>,
  { file, stacks }: Pick<OutputsFile, 'file' | 'stacks'>,
): string {
  if ('issuer_url' in outputs) return OKTA;
  const [only, ...others] = stacks.filter((stack) => stack !== OKTA);
  if (only !== undefined && others.length === 0) return only;
  throw new AccessError(
    `${escaped(file)}: It does not say which cluster it is of. Write --outputs STACK=FILE with one of the stacks ${nameList(stacks)}.`,
  );
}

function factsIn({ issuerUrl, clientIds, endpoints, certificateAuthorities }: LiveFacts) {
  return [
    ...(issuerUrl === undefined ? [] : [['issuer', issuerUrl] as const]),
    ...[...clientIds].map(([app, fact]) => [`client ID of ${app}`, fact] as const),
    ...[...endpoints].map(([key, fact]) => [`endpoint of ${key}`, fact] as const),
    ...[...certificateAuthorities].map(([key, fact]) => [`certificate authority of ${key}`, fact] as const),
  ];
}

/** What two files say differently: one of them is old. */
function contradictions(found: readonly LiveFacts[]): readonly string[] {
  const first = new Map<string, LiveFact>();
  return found.flatMap(factsIn).flatMap(([name, fact]) => {
    const earlier = first.get(name) ?? fact;
    first.set(name, earlier);
    if (earlier.value === fact.value) return [];
    return [
      `The ${escaped(name)} differs between ${escaped(earlier.source)} and ${escaped(fact.source)}. Leave out the older file.`,
    ];
  });
}
