import fc from 'fast-check';
import { parse } from 'yaml';
import { kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { foreignEntries, kubeconfigYaml, mergedKubeconfig } from '../../../sign-in/kubeconfig/merge-kubeconfig';
import { CA_BASE64 } from '../certificate';
import { changed, SIGN_IN } from './sign-in';

const KUBECONFIG = kubeconfigOf(SIGN_IN);
const merged = (text: string, kubeconfig = KUBECONFIG, replace = false) =>
  mergedKubeconfig(text, 'config', kubeconfig, replace);

/** A file as kubectl writes it, with comments as people write them. */
const FILE = `# Mine, since 2019.
apiVersion: v1
clusters:
- cluster:
    certificate-authority: /home/me/ca.pem # old
    server: https://192.168.49.2:8443
  name: minikube
# Never delete these.
contexts:
- context:
    cluster: minikube
    namespace: "team-a"
    user: minikube
  name: minikube
current-context: minikube
kind: Config
preferences: {}
users:
- name: minikube
  user:
    token: 's3cret'
`;

describe('merging', () => {
  test('adds its entries, and leaves every line as it is', () => {
    const { text, added, changed: changes } = merged(FILE);

    expect({ added, changes }).toEqual({ added: ['prod', 'stage', 'home'], changes: [] });
    const lines = text.split('\n');
    expect(lines.slice(0, 7)).toEqual(FILE.split('\n').slice(0, 7));
    expect(lines[7]).toBe('- name: prod');
    expect(parse(text).users.map(({ name }: { name: string }) => name)).toEqual([
      ...['minikube', 'EKS@example.okta.com/oauth2/aus1', 'home@example.okta.com/oauth2/aus1'],
    ]);
    expect(parse(text)['current-context']).toBe('minikube');
    expect(withoutOurs(text)).toBe(FILE);
  });

  test('changes nothing the second time', () => {
    const { text } = merged(FILE);

    expect(merged(text)).toEqual({ text, added: [], changed: [] });
  });

  test.each([
    ['an empty file', '', kubeconfigYaml(KUBECONFIG)],
    ['a file with only a comment', '# mine', `# mine\n${kubeconfigYaml(KUBECONFIG)}`],
  ])('makes %s a kubeconfig', (_, before, after) => {
    expect(merged(before).text).toBe(after);
  });

  test.each([
    [
      'empty lists as kubectl writes them',
      'clusters: null # none\ncontexts: []\ncurrent-context: ""\nusers: {}\n',
      true,
    ],
    ['empty lists', 'clusters: null # none\ncontexts: []\ncurrent-context: ""\nusers:\n', false],
    ['indented lists', 'users:\n    - name: a\n      user: {}\n    # end\ncurrent-context: a', false],
    [
      'JSON',
      JSON.stringify({ kind: 'Config', users: [{ name: 'a', user: { token: 't' } }], clusters: [] }, null, 4),
      false,
    ],
    ['JSON on one line', JSON.stringify({ users: [{ name: 'a', user: {} }], 'current-context': 'a' }), false],
    ['an empty object', '{}', false],
    ['a byte order mark and CRLF', '\uFEFFkind: Config\r\nusers:\r\n- name: a # mine\r\n  user: {}\r\n', false],
    ['anchors', 'x: &x {token: t}\nusers:\n- name: a\n  user: *x\n- name: b\n  user:\n    <<: *x\n', false],
    ['block scalars', 'users:\n- name: a\n  user:\n    token: |+\n      t\n\n', false],
    ['duplicate names of others', 'users:\n- {name: a, user: {token: t}}\n- {name: a, user: {}}\n', false],
  ])('keeps a file with %s', (_, before, fails) => {
    if (fails) {
      expect(() => merged(before)).toThrow(
        'config, line 4, column 8: users is not a list of its own. Nothing was changed.',
      );
      return;
    }
    const { text } = merged(before);

    const [old, now] = [before, text].map((file) => parse(file, { merge: true }));
    for (const list of ['clusters', 'users', 'contexts'] as const) {
      const had = old[list] ?? [];
      expect(now[list].slice(0, had.length)).toEqual(had);
      expect(now[list].slice(had.length)).toEqual(KUBECONFIG[list]);
    }
    expect(now['current-context']).toBe(old['current-context'] || 'prod');
    expect(merged(text).text).toBe(text);
    if (before.includes('\r\n')) expect(text.match(/(?<!\r)\n/)).toBeNull();
    if (before.startsWith('{')) expect(JSON.parse(text)).toEqual(now);
  });

  test('changes only the values that are no longer right, and keeps what a person has added', () => {
    const mine = merged(FILE)
      .text.replace('  - --oidc-pkce-method=S256\n', '$&      # faster\n      - --browser-command=firefox # mine\n')
      .replace('server: https://AB12', 'proxy-url: socks5://localhost:1080 # VPN\n    $&')
      .replace('    user: EKS@example.okta.com/oauth2/aus1\n', '$&    namespace: team-a\n');

    const {
      text,
      added,
      changed: changes,
    } = merged(
      mine,
      kubeconfigOf(changed({ clientId: '0oaNEW', endpoint: 'https://NEW.gr7.eu-west-1.eks.amazonaws.com' })),
    );

    expect({ added, changes }).toEqual({ added: [], changes: ['prod', 'stage'] });
    expect(text).toBe(
      mine.replace('https://AB12.', 'https://NEW.').replace('--oidc-client-id=0oa1shared', '--oidc-client-id=0oaNEW'),
    );
  });

  test('adds and removes single arguments', () => {
    const { text } = merged(FILE);
    const [app, ...apps] = SIGN_IN.apps;
    const other = kubeconfigOf({
      ...SIGN_IN,
      apps: [
        { ...app, scopes: ['profile', 'email', 'offline_access'], redirectPorts: [8000] } as typeof app & object,
        ...apps,
      ],
    });

    const more = merged(text, other).text;

    expect(more).toBe(
      text
        .replace('      - --oidc-extra-scope=email\n', '      - --oidc-extra-scope=profile\n$&')
        .replace('      - --listen-address=127.0.0.1:18000\n', ''),
    );
    expect(merged(more).text).toBe(text);
  });

  test('takes away what contradicts its values', () => {
    const text = merged(FILE).text.replace(
      /(server: https:\/\/AB12.*\n {4})certificate-authority-data: .*/,
      '$1insecure-skip-tls-verify: true # for now',
    );

    expect(parse(merged(text).text).clusters[1].cluster).toEqual({
      server: 'https://AB12.gr7.eu-west-1.eks.amazonaws.com',
      'insecure-skip-tls-verify': false,
      'certificate-authority-data': CA_BASE64,
    });
  });

  test('fails for entries of the same names that are for something else, and names all of them', () => {
    const other = `clusters:
- {name: prod, cluster: {server: "https://elsewhere.example"}}
contexts:
- {name: prod, context: {cluster: prod, user: mine}}
users:
- {name: mine, user: {token: s3cret}}
- name: EKS@example.okta.com/oauth2/aus1
  user: {exec: {command: aws, args: [eks, get-token]}}
- name: home@example.okta.com/oauth2/aus1
  user: {exec: {command: kubelogin, args: [get-token, --oidc-issuer-url=https://other.example]}}
`;

    expect(() => merged(other)).toThrow(
      `config has entries of the same names that are for something else:
  line 2: cluster prod: its server is https://elsewhere.example, not https://AB12.gr7.eu-west-1.eks.amazonaws.com
  line 7: user EKS@example.okta.com/oauth2/aus1: it does not sign in with kubelogin
  line 9: user home@example.okta.com/oauth2/aus1: it signs in at https://other.example
  line 4: context prod: it is the cluster prod with the user mine
Give the contexts other names, such as --context-format '{organization}/{cluster}', or replace these entries with --replace. Nothing was changed.`,
    );
    const replaced = parse(merged(other, KUBECONFIG, true).text);
    for (const list of ['clusters', 'contexts'] as const) expect(replaced[list]).toEqual(KUBECONFIG[list]);
    expect(replaced.users).toEqual([{ name: 'mine', user: { token: 's3cret' } }, ...KUBECONFIG.users]);
  });

  test.each([
    ['users:\n- name: a\n   user: {}\n', 'config, line 2, column 9: The file is damaged: this is not valid YAML.'],
    [
      'users:\n- name: "a\n',
      'config, line 3, column 1: The file is damaged: a character is missing, such as a colon, a quote, or a bracket.',
    ],
    ['\tusers: []\n', 'config, line 1, column 1: The file is damaged: '],
    ['users: []\nusers: []\n', 'config, line 2, column 1: The file is damaged: this key is there twice.'],
    [
      'users: *none\n',
      'config, line 1, column 8: The file is damaged: no anchor has the name of this alias. Nothing was changed.',
    ],
    ['users: []\n---\nusers: []\n', 'config, line 2, column 1: The file is damaged: it has more than one document.'],
    [
      '- a\n',
      'config, line 1, column 1: The file is not a kubeconfig: it is no map with clusters, users, and contexts.',
    ],
    [
      'kind: Pod\n',
      'config, line 1, column 7: The file is not a kubeconfig: kind is Pod, and that of a kubeconfig is Config.',
    ],
    ['users: 5\n', 'config, line 1, column 8: users is not a list of its own.'],
    ['users:\n- a\n', 'config, line 2, column 3: This is no entry of users: a map with name and user.'],
    [
      'users:\n- name: a\n  user: [t]\n',
      'config, line 2, column 3: This is no entry of users: a map with name and user.',
    ],
    ['{"users": [}', 'config, line 1, column 12: The file is damaged: '],
  ])('fails for the damaged file %j', (text, message) => {
    expect(() => merged(text)).toThrow(message);
  });

  test('fails without any text of a damaged file, which can contain a secret', () => {
    for (const text of ['users:\n- name: a\n  user: {token: s3cret', 'users: s3cret: s3cret', '"s3cret', 's3cret']) {
      expect(() => merged(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cret') }));
    }
  });

  test('fails for a file whose aliases would make it huge', () => {
    const levels = Array.from(
      { length: 20 },
      (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(at === 0 ? 0 : 9)}]\n`,
    );

    expect(() => merged(levels.join(''))).toThrow('config: The file has more aliases than a kubeconfig needs.');
  });

  test('fails for a file of brackets', () => {
    expect(() => merged(`users: ${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toThrow(': The file is damaged: ');
  });

  test('fails without the password of a server', () => {
    const file = 'clusters:\n- {name: prod, cluster: {server: "https://me:s3cret@elsewhere.example"}}\n';

    expect(() => merged(file)).toThrow('cluster prod: its server is https://elsewhere.example, not ');
    expect(() => merged(file)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cret') }));
  });

  test('fails for two entries of its names, which kubectl would refuse', () => {
    const twice =
      'users:\n- {name: EKS@example.okta.com/oauth2/aus1, user: {}}\n- {name: EKS@example.okta.com/oauth2/aus1, user: {}}\n';

    expect(() => merged(twice)).toThrow(
      'config has two users with the name EKS@example.okta.com/oauth2/aus1, in the lines 2 and 3. kubectl does not read such a file. Delete one of them.',
    );
  });

  test('fails where a change would touch an entry of somebody else', () => {
    const anchored = merged('').text.replace('server: https://AB12', 'server: &s https://AB12').concat('mine: *s\n');

    expect(() =>
      merged(anchored, kubeconfigOf(changed({ endpoint: 'https://NEW.gr7.eu-west-1.eks.amazonaws.com' }))),
    ).toThrow('config is written in a way that could not be changed safely');
    expect(merged(anchored).text).toBe(anchored);
  });

  test('says which entries of a file are for something else', () => {
    expect(foreignEntries(merged('').text, 'config', KUBECONFIG)).toEqual([]);
    expect(foreignEntries(merged(FILE).text, 'config', KUBECONFIG)).toEqual(['minikube', 'minikube']);
  });
});

/** The text without what merging adds to a file in block style. */
function withoutOurs(text: string): string {
  return ['clusters', 'users', 'contexts'].reduce((rest, list) => {
    const added = kubeconfigYaml(KUBECONFIG).match(new RegExp(`^${list}:\\n((?:[- ].*\\n)+)`, 'm'))?.[1] ?? '';
    expect(rest).toContain(added);
    return rest.replace(added, '');
  }, text);
}

describe('merging any file', () => {
  const name = fc.constantFrom('a', 'b', 'minikube', 'x y', 'ü', "it's", '1e3');
  const comment = fc.constantFrom('', ' # note', ' #', '   # two: things');
  const line = fc.constantFrom('', '\n', '# note\n', '\n# note: [x]\n\n');
  const inner = fc.constantFrom(
    '{}',
    '{token: t, n: [1, 2,]}',
    '"quoted"',
    '|\n          block\n          text',
    '>-\n          folded',
  );
  const entry = fc.record({ name, inner, comment, line, nameFirst: fc.boolean() });
  const lists = fc.record({
    clusters: fc.array(entry, { maxLength: 3 }),
    users: fc.array(entry, { maxLength: 3 }),
    contexts: fc.array(entry, { maxLength: 3 }),
  });
  const style = fc.record({
    indent: fc.constantFrom('', '  ', '    '),
    empty: fc.constantFrom('[]', 'null', '', '~'),
    crlf: fc.boolean(),
    lastLine: fc.boolean(),
    ours: fc.boolean(),
    order: fc.constantFrom(['clusters', 'users', 'contexts'], ['contexts', 'clusters', 'users'], ['users', 'contexts']),
    current: fc.constantFrom('', 'current-context: ""\n', 'current-context: a # mine\n'),
  });
  const inners = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

  const file = fc
    .tuple(lists, style, line)
    .map(([entries, { indent, empty, crlf, lastLine, ours, order, current }, first]) => {
      const parts = order.map((list) => {
        const key = list as keyof typeof inners;
        const items = entries[key].map(({ name: called, inner: value, comment: note, line: before, nameFirst }) => {
          const pair = `${inners[key]}:\n${indent}    extra: ${value}${value.startsWith('|') || value.startsWith('>') ? '' : note}\n`;
          const named = `name: ${JSON.stringify(called)}${note}\n`;
          const [one, two] = nameFirst ? [named, pair] : [pair, named];
          return `${before}${indent}- ${one}${indent}  ${two}`;
        });
        return items.length === 0 ? `${key}: ${empty}\n` : `${key}:\n${items.join('')}`;
      });
      const text = `${first}kind: Config\n${current}${parts.join(first)}mine: {a: 1}\n`;
      const whole = ours ? merged(text, kubeconfigOf(changed({ clientId: '0oaOLD' }))).text : text;
      const ended = lastLine ? whole : whole.trimEnd();
      return crlf ? ended.replaceAll('\n', '\r\n') : ended;
    });

  test('keeps every line of others, in order, and changes nothing the second time', () => {
    fc.assert(
      fc.property(file, (before) => {
        const { text } = merged(before);

        expect(merged(text)).toEqual({ text, added: [], changed: [] });
        const open = text.split('\n');
        for (const old of before.split('\n')) {
          if (/^(clusters|users|contexts|current-context):|0oaOLD/.test(old)) continue;
          const at = open.findIndex((now) => now.replace('\r', '') === old.replace('\r', ''));
          expect({ old, found: at >= 0 }).toEqual({ old, found: true });
          open.splice(0, at + 1);
        }
        const now = parse(text);
        const had = parse(before);
        expect(now.mine).toEqual(had.mine);
        for (const list of ['clusters', 'users', 'contexts'] as const) {
          const ours = new Set(KUBECONFIG[list].map((each) => each.name));
          const others = (file: Record<string, { name: string }[] | null>) =>
            (file[list] ?? []).filter((each) => !ours.has(each.name));
          expect(others(now)).toEqual(others(had));
          expect(now[list].filter((each: { name: string }) => ours.has(each.name))).toEqual(KUBECONFIG[list]);
        }
      }),
      // Each run merges up to four times.
      { numRuns: 40 },
    );
  });
});
