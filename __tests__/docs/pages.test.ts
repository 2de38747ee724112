import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessSchema } from '../../model/schema';
import packageJson from '../../package.json';

const root = join(__dirname, '../..');
const page = (file: string) => readFileSync(join(root, file), 'utf8');

describe('README.md', () => {
  test('shows the access file that the project starts with', () => {
    const [, example] = /```ts\n([\s\S]*?)```/.exec(page('README.md')) ?? [];

    expect(example).toBe(page('access.config.ts'));
  });

  test('names only commands that exist', () => {
    const scripts = [...page('README.md').matchAll(/npm (?:run )?(start|test|lint|typecheck|bench|\w+)\b/g)].map(
      ([, name]) => name,
    );

    for (const script of scripts) expect(['ci', ...Object.keys(packageJson.scripts)]).toContain(script);
    expect(scripts).toEqual(expect.arrayContaining(['start', 'test', 'lint', 'typecheck', 'bench']));
  });

  test('links only to pages that exist', () => {
    const links = [...page('README.md').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link as string);

    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(() => page(link)).not.toThrow();
  });
});

describe('docs/access-file.md', () => {
  test('names every key of the file', () => {
    const text = page('docs/access-file.md');

    for (const key of Object.keys(accessSchema.shape)) expect(text).toContain(key);
  });
});

describe('docs/aws-policy.json', () => {
  const policy = JSON.parse(page('docs/aws-policy.json')) as {
    Statement: { Action: string | string[]; Resource: string; Condition?: unknown }[];
  };

  test('allows single actions, never a wildcard', () => {
    const actions = policy.Statement.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });

  test('writes to no IAM role but those of clusters, and passes them to EKS alone', () => {
    const changes = policy.Statement.filter(({ Action }) =>
      [Action].flat().some((action) => /^iam:(?!CreateService)/.test(action)),
    );

    expect(changes.map(({ Resource }) => Resource)).toEqual(changes.map(() => 'arn:aws:iam::*:role/EKSCluster*'));
    expect(policy.Statement.find(({ Action }) => Action === 'iam:PassRole')?.Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'eks.amazonaws.com' },
    });
  });
});
