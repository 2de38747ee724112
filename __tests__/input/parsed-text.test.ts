import { AccessError } from '../../constraints/access-error';
import type { TextFormat } from '../../input/access-format';
import { parsedText } from '../../input/parsed-text';

function problemsOf(text: string, format: TextFormat) {
  try {
    parsedText(text, format);
  } catch (error) {
    if (AccessError.is(error)) return error.problems;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('parsedText', () => {
  test('reads JSON with comments and trailing commas', () => {
    const text = `\uFEFF// first
{ /* a
  b */ "a": "x // y /* z */", // c
  "b": [1, 2,],
  "c": "\\",] //", "d": "\\\\",
}`;

    expect(parsedText(text, 'jsonc').value).toEqual({ a: 'x // y /* z */', b: [1, 2], c: '",] //', d: '\\' });
  });

  test('merges the keys of anchors, of which own keys and earlier anchors take precedence', () => {
    const text = `
a: &a { x: 1, y: 1 }
b: &b { y: 2, z: 2 }
c: { <<: *a, x: 3 }
d: { <<: [*a, *b] }
e: { '<<': 4 }
`;

    expect(parsedText(text, 'yaml').value).toEqual({
      a: { x: 1, y: 1 },
      b: { y: 2, z: 2 },
      c: { x: 3, y: 1 },
      d: { x: 1, y: 1, z: 2 },
      e: { '<<': 4 },
    });
  });

  test.each([
    ['{\n  "a": 1 // b\n}', 2, 10, 'a comment: // b'],
    ['/* a */ {}', 1, 1, 'a comment: /* a */ {}'],
  ])('fails on a comment in JSON: %j', (text, line, column, given) => {
    expect(problemsOf(text, 'json')).toEqual([
      {
        path: '',
        check: 'syntax',
        line,
        column,
        message: 'JSON takes no comments; use .yaml or .jsonc.',
        given,
        allowed: 'JSON without comments',
        fix: 'Remove the comments, or rename the file to .jsonc.',
      },
    ]);
  });

  test('fails on the comma after the last value of JSON', () => {
    expect(problemsOf('{ "a": [1,] }', 'json')).toMatchObject([
      { line: 1, column: 11, message: 'JSON takes no comma after the last value; use .yaml or .jsonc.' },
    ]);
  });

  test.each([
    ['{\n "a": 1\n "b": 2 }', 3, 2, 'a missing comma before "b": 2 }'],
    ['{ "a" 1 }', 1, 7, 'a missing colon before 1 }'],
    ['{ a: 1 }', 1, 3, 'a word without double quotes: a: 1 }'],
    ['{ "a": True }', 1, 8, 'a word without double quotes: True }'],
    ['{ "a":', 1, 7, 'a missing value before the end of the file'],
    ['{ "a": 1', 1, 9, 'a missing } before the end of the file'],
    ['{ "a": "b }', 1, 8, 'a text without its closing double quote: "b }'],
    ['{ "a": 1 } 2', 1, 12, 'a text after the end of the JSON value: 2'],
    ['a,b\n1,2\n', 1, 1, 'a word without double quotes: a,b'],
    ['['.repeat(100_000), 1, 1, 'Unexpected end of JSON input'],
  ])('fails on broken JSON at its place: %.30j', (text, line, column, given) => {
    const found = problemsOf(text, 'json');

    expect(found).toMatchObject([{ check: 'syntax', line, column, given }]);
  });

  test('fails on both a comment and another error of JSON', () => {
    const found = problemsOf('{ // a\n "a": 1 // b\n "b": 2 }', 'json');

    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [1, 3],
      [3, 2],
    ]);
  });

  test('fails on a repeated key after a comment at its place', () => {
    expect(problemsOf('/* a\n */ {"b": 1,\n "b": 2}', 'jsonc')).toMatchObject([{ path: '', line: 3, column: 2 }]);
  });

  test.each([
    ['a: 1\n---\nb: 2\n', 2, 2],
    ['---\na: 1\n---\nb: 2\n---\nc: 3\n', 3, 3],
  ])('fails on several YAML documents: %j', (text, line, count) => {
    expect(problemsOf(text, 'yaml')).toEqual([
      {
        path: '',
        check: 'syntax',
        line,
        column: 1,
        message: `The file has ${count} documents; one is allowed.`,
        given: `${count} documents, of which the second starts here`,
        allowed: 'one YAML document',
        fix: 'Keep one document, or remove the line ---.',
      },
    ]);
  });
});

describe('the place of a problem', () => {
  const YAML = `# access
okta:
  orgName: dev
clusters:
  prod: &base
    kind: eks
    logs:
      - api
  stage: { <<: *base, region: eu, endpoint: }
  "a.b": { kind: *none }
grants:
  - group: x
    clusters: [prod, nope]
  - { group: y }
`.replace('*none', '[]');
  const { placed } = parsedText(YAML, 'yaml');
  const placeOf = (path: string, check = 'shape') => {
    const { line, column } = placed({ path, check, message: '', given: '', allowed: '', fix: '' });
    return [line, column];
  };

  test.each([
    ['a text', 'okta.orgName', [3, 12]],
    ['an object, at its key', 'clusters.prod', [5, 3]],
    ['a list, at its key', 'clusters.prod.logs', [7, 5]],
    ['an item of a list', 'clusters.prod.logs[0]', [8, 9]],
    ['a value that is not written, at its key', 'clusters.stage.endpoint', [9, 35]],
    ['a merged value, where it is written', 'clusters.stage.kind', [6, 11]],
    ['a value beside merged ones', 'clusters.stage.region', [9, 31]],
    ['a key with a dot', 'clusters["a.b"]', [10, 3]],
    ['a value in it', 'clusters["a.b"].kind', [10, 12]],
    ['a missing value, at what should contain it', 'clusters.prod.region', [5, 3]],
    ['a missing value of an item', 'grants[1].role', [14, 5]],
    ['an item of a nested list', 'grants[0].clusters[1]', [13, 22]],
    ['a missing key of the file', 'groups', [2, 1]],
    ['the file', '', [2, 1]],
  ])('is that of %s', (_, path, expected) => {
    expect(placeOf(path)).toEqual(expected);
  });

  test('is that of a key, if the key is unknown', () => {
    expect(placeOf('okta.orgName', 'unknown-key')).toEqual([3, 3]);
  });

  test('comes after the path and the check', () => {
    const problem = placed({ path: 'okta', check: 'shape', message: '', given: '', allowed: '', fix: '' });

    expect(Object.keys(problem).slice(0, 4)).toEqual(['path', 'check', 'line', 'column']);
  });

  test('is known in JSON with comments', () => {
    const { placed: inJson } = parsedText('// a\n{ "okta": /* b */ { "orgName": 1 } }', 'jsonc');

    expect(
      inJson({ path: 'okta.orgName', check: 'shape', message: '', given: '', allowed: '', fix: '' }),
    ).toMatchObject({ line: 2, column: 32 });
  });
});
