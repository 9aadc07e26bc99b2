import { expect, test } from 'vitest';
import { manifestObjects } from './manifest-objects.ts';

function places(text: string): readonly string[] {
  return manifestObjects(text, 'm.yaml').map(({ kind, name, place }) => `${kind}/${name} ${place}`);
}

test('every object has the line where it begins, items of lists included', () => {
  const text = [
    '# Source: a.yaml',
    '---',
    '',
    '# a comment',
    'kind: ConfigMap',
    'metadata: {name: a}',
    '---',
    'apiVersion: v1',
    'items:',
    '  - kind: ConfigMap',
    '    metadata: {name: b}',
    '  - metadata: {name: c}',
    '    kind: ConfigMap',
    'kind: List',
    '--- # the end of it',
    'kind: ConfigMap',
    'metadata: {name: d}',
  ].join('\n');
  const expected = ['a m.yaml:5', 'b m.yaml:10', 'c m.yaml:12', 'd m.yaml:16'].map(
    (each) => `ConfigMap/${each}`,
  );
  expect(places(text)).toEqual(expected);
  expect(places(text.replaceAll('\n', '\r\n'))).toEqual(expected);
});

test('a document in a text is text', () => {
  const text = 'kind: ConfigMap\nmetadata: {name: a}\ndata:\n  inner: |\n    ---\n    kind: Secret\n';
  expect(places(text)).toEqual(['ConfigMap/a m.yaml:1']);
});

test('directives belong to the document after them', () => {
  expect(places('%YAML 1.2\n---\nkind: ConfigMap\nmetadata: {name: a}\n')).toEqual(['ConfigMap/a m.yaml:3']);
});

test('merge keys and anchors as kubectl takes them', () => {
  const text = 'base: &base {a: 1}\nkind: ConfigMap\nmetadata: {name: a, labels: {<<: *base, b: 2}}\n';
  expect(manifestObjects(text, 'm.yaml')[0]?.object['metadata']).toEqual({
    name: 'a',
    labels: { a: 1, b: 2 },
  });
});

const bomb = [
  'a0: &a0 [x,x,x,x,x,x,x,x,x]',
  ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`),
].join('\n');

test.each([
  ['a tab', 'kind: ConfigMap\nmetadata:\n\tname: a\n', /^m\.yaml:3:\d+: not readable as YAML: /],
  [
    'cut in a text',
    'kind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "b\n',
    /^m\.yaml:\d+:\d+: not readable as YAML: deficient indentation/,
  ],
  [
    'cut between two fields',
    'kind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {}\n',
    /^m\.yaml:1: Deployment a: spec\.template is missing\.$/,
  ],
  [
    'a bomb of aliases',
    `---\n${bomb}\nkind: ConfigMap\n`,
    /^m\.yaml:2: this document holds more than 500000 values/,
  ],
  [
    'a hundred thousand brackets',
    `kind: ConfigMap\nx: ${'['.repeat(100_000)}`,
    /^m\.yaml:2:\d+: not readable as YAML: nesting exceeded/,
  ],
  [
    'values of a chart',
    'etcd: {replicaCount: 3}\n',
    /^m\.yaml:1: expected a Kubernetes object .* helm template\.$/,
  ],
])('%s is one line that names the place', (_, text, message) => {
  expect(() => manifestObjects(text, 'm.yaml')).toThrow(message);
});
