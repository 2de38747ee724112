import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constructsPage } from '../../docs/generate-constructs';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

test('docs/constructs.md is what the docstrings say; npm run docs writes it', () => {
  expect(read('docs/constructs.md')).toBe(constructsPage());
});

test('has a section for every construct that is exported', () => {
  const exported = [...read('constructs/index.ts').matchAll(/^export \{([^}]*)\} from '\.\/\w+\//gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => /^[A-Z][A-Za-z]+$/.test(name));
  const sections = [...constructsPage().matchAll(/^### (.*)$/gm)].map(([, name]) => name as string);

  expect(exported.length).toBeGreaterThan(25);
  expect(sections.sort()).toEqual(exported.sort());
});

test('says of every prop what it is, and of every optional one what its default is', () => {
  const rows = constructsPage().match(/^\| `.*$/gm) ?? [];

  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => /\|\s*\|/.test(row))).toEqual([]);
});

test('names the props that a construct inherits, and the Terraform resources that it makes', () => {
  const page = constructsPage();

  expect(page).toContain('\n### AuthorizationServer\n');
  expect(page).toContain('\nTerraform: `okta_auth_server`, `okta_auth_server_claim`, `data.okta_auth_server`\n');
  expect(page).toContain("| `groupsClaim` | `string` | Claim of the ID token with the user's groups. | `'groups'` |\n");
  expect(page).toContain('\n- `OktaGroup.fromName(scope, id, name, props)`: Looks up an existing group');
});
