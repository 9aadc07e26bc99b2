import { expect, test } from 'vitest';
import { observationOfManifest } from './manifest.ts';
import { ManifestError } from './manifest-objects.ts';

const file = 'm.yaml';

function names(text: string, namespace?: string): readonly string[] {
  const { objects } = observationOfManifest(text, namespace === undefined ? { file } : { file, namespace });
  return Object.entries(objects).flatMap(
    ([kind, list]: readonly [string, readonly { metadata: { name: string } }[]]) =>
      list.map(({ metadata }) => `${kind}/${metadata.name}`),
  );
}

test('many documents, those of comments only, List kinds, and kinds that are not read', () => {
  const text = [
    '# Source: a.yaml',
    '---',
    '# only a comment',
    '---',
    'kind: ConfigMap',
    'metadata: {name: a}',
    '---',
    'kind: List',
    'items:',
    '  - {kind: Service, metadata: {name: b}, spec: {}}',
    '  - {kind: Role, metadata: {name: c}}',
    '---',
    '',
  ].join('\n');
  expect(names(text)).toEqual(['Service/b', 'ConfigMap/a']);
  expect(names(text.replaceAll('\n', '\r\n'))).toEqual(['Service/b', 'ConfigMap/a']);
});

test('null fields are as if they were not there, as Helm renders them', () => {
  const text = `
kind: Deployment
metadata: {name: a, annotations: }
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      initContainers:
      containers:
        - {name: a, env: null, envFrom: , volumeMounts: null}
      volumes:
`;
  const [deployment] = observationOfManifest(text, { file }).objects.Deployment;
  expect(deployment?.metadata).toEqual({ name: 'a', namespace: 'default' });
  expect(deployment?.spec.template.spec).toEqual({ containers: [{ name: 'a' }] });
});

test('objects without a namespace go where most of the others are', () => {
  const text = ['db', 'db', 'ops', undefined]
    .map((namespace, at) => JSON.stringify({ kind: 'ConfigMap', metadata: { name: `c${at}`, namespace } }))
    .join('\n---\n');
  expect(observationOfManifest(text, { file }).namespace).toBe('db');
  expect(names(text)).toEqual(['ConfigMap/c0', 'ConfigMap/c1', 'ConfigMap/c3']);
  expect(names(text, 'ops')).toEqual(['ConfigMap/c2', 'ConfigMap/c3']);
});

test('what a manifest says nothing of is not "there are none"', () => {
  const { reads } = observationOfManifest('kind: ConfigMap\nmetadata: {name: a}\n', { file });
  expect(reads.Deployment).toEqual({ state: 'read', requests: 0, durationMs: 0 });
  expect(reads.Pod).toEqual({
    state: 'refused',
    status: 0,
    message: 'm.yaml is a manifest and says nothing of Pods',
  });
  expect(reads.Milvus).toEqual({ state: 'absent' });
});

test('the later of two equal keys wins', () => {
  const text = 'kind: ConfigMap\nmetadata: {name: a}\ndata:\n  key: first\n  key: second\n';
  expect(observationOfManifest(text, { file }).objects.ConfigMap[0]?.data).toEqual({ key: 'second' });
});

test.each([
  [
    'bad YAML',
    'kind: ConfigMap\nmetadata: {name: a}\n---\nkind: [\n',
    /^m\.yaml:5:1: not readable as YAML: .+\.$/,
  ],
  [
    'no object',
    '---\nkind: ConfigMap\nmetadata: {name: a}\n---\njust text\n',
    'm.yaml:5: expected a Kubernetes object with apiVersion, kind and metadata.',
  ],
  ['no name', '\n\nkind: ConfigMap\nmetadata: {}\n', 'm.yaml:3: this ConfigMap has no metadata.name.'],
  [
    'no template',
    'kind: Deployment\nmetadata: {name: a}\nspec: {selector: {}}\n',
    'm.yaml:1: Deployment a: spec.template is missing.',
  ],
  [
    'a number where text must be',
    'kind: ConfigMap\nmetadata: {name: a}\ndata: {port: 1}\n',
    'm.yaml:1: ConfigMap a: data.port is not text: put it in quotes.',
  ],
])('%s: file, line and what is wrong', (_, text, message) => {
  expect(() => observationOfManifest(text, { file })).toThrow(ManifestError);
  expect(() => observationOfManifest(text, { file })).toThrow(message);
});
