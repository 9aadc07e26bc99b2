import { array, assert, boolean, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Container } from '../topology/objects.ts';
import { redactObject } from './redact.ts';
import { redactText } from './redact-text.ts';
import { isSecretName, redactLine } from './secrets.ts';

const metadata = { name: 'my-release-milvus' };

function redactedPod(container: Partial<Container>): string {
  return JSON.stringify(
    redactObject.Pod({ metadata, spec: { containers: [{ name: 'main', ...container }] } }).spec,
  );
}

test.for([
  ['accessKeyID', true],
  ['secretAccessKey', true],
  ['MINIO_ROOT_PASSWORD', true],
  ['saslPassword', true],
  ['authParams', true],
  ['gcpCredentialJSON', true],
  ['defaultRootPassword', true],
  ['--root-token', true],
  ['secretName', false],
  ['existingSecretRef', false],
  ['serverKeyPath', false],
  ['tokenizer', false],
  ['bucketName', false],
  ['rootPath', false],
  ['keyPrefix', false],
] as const)('%s is the name of a secret: %s', ([name, secret]) => {
  expect(isSecretName(name)).toBe(secret);
});

test("Milvus' configuration keeps its settings and loses its keys, and a published default is named", () => {
  const text = [
    '# password: in-a-comment',
    'minio:',
    '  address: my-release-minio',
    '  accessKeyID: minioadmin',
    '  secretAccessKey: own-secret',
    'common:',
    '  security:',
    '    authorizationEnabled: true',
    '    defaultRootPassword: Milvus',
    'mq: {type: kafka}',
    'etcd: {auth: {password: ""}, rootPath: by-dev}',
  ].join('\n');
  expect(redactText('user.yaml', text)).toBe(
    [
      'minio:',
      '  address: my-release-minio',
      '  accessKeyID: "(redacted: the published default)"',
      '  secretAccessKey: (redacted)',
      'common:',
      '  security:',
      '    authorizationEnabled: true',
      '    defaultRootPassword: "(redacted: the published default)"',
      'mq:',
      '  type: kafka',
      'etcd:',
      '  auth:',
      '    password: ""',
      '  rootPath: by-dev',
      '',
    ].join('\n'),
  );
});

test('of a duplicate key the last counts, as in Milvus', () => {
  const text =
    'messageQueue: pulsar\nmq:\n  type: pulsar\nmessageQueue: woodpecker\nmq:\n  type: woodpecker\n';
  expect(redactText('default.yaml', text)).toBe('messageQueue: woodpecker\nmq:\n  type: woodpecker\n');
});

test.for([
  ['a short setting stays', 'journalDirectories', '/pulsar/data/bookkeeper/journal'],
  ['so does an address', 'zkServers', 'my-release-pulsarv3-zookeeper:2181'],
  ['and a list in brackets', 'listeners', '[INTERNAL]://:9093'],
  ['and a settings file', 'server.properties', 'log.dirs=/bitnami/kafka/data\nnum.partitions=1'],
])('%s', ([, name, text]) => {
  expect(redactText(name ?? '', text ?? '')).toBe(text);
});

test('a password in a settings file goes, also inside a JAAS line', () => {
  const text =
    'log.dirs=/data\nssl.key.password=hunter22\nlistener.x.config=Login required password="hunter22";';
  expect(redactText('server.properties', text)).toBe(
    'log.dirs=/data\nssl.key.password=(redacted)\nlistener.x.config=Login required password="(redacted)";',
  );
});

test('scripts and certificates are omitted, and their length is told', () => {
  expect(redactText('initialize', '#!/bin/sh\nmc config host add x $ACCESS $SECRET')).toBe(
    '(omitted, 46 characters)',
  );
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIDAzCC\n-----END CERTIFICATE-----\n';
  expect(redactText('ca.crt', certificate)).toBe(`(omitted, ${certificate.length} characters)`);
  expect(redactText('user.yaml', '# only\n# comments\n')).toBe('');
});

test.for([
  ['mc alias set x http://user:p@ss,/w@host:9000', 'mc alias set x http://(redacted)@host:9000'],
  ['export DB_PASSWORD=hunter22 && run', 'export DB_PASSWORD=(redacted) && run'],
  ['--secret-key hunter22 --port 9000', '--secret-key (redacted) --port 9000'],
  ['{"password":"hunter22","port":1}', '{"password":"(redacted)","port":1}'],
  ['Authorization: Bearer abcdef.ghijkl', 'Authorization: Bearer (redacted)'],
  ['secret "my-secret" not found', 'secret "my-secret" not found'],
  ['the password is wrong', 'the password is wrong'],
  ['minio server http://a-{0...3}.a-svc.ns.svc/export', 'minio server http://a-{0...3}.a-svc.ns.svc/export'],
])('%s', ([line, expected]) => {
  expect(redactLine(line ?? '')).toBe(expected);
});

test('variables keep the paths that topology needs', () => {
  const text = redactedPod({
    env: [
      { name: 'ETCD_DATA_DIR', value: '/bitnami/etcd/data' },
      {
        name: 'MINIO_SECRET_KEY',
        valueFrom: { secretKeyRef: { name: 'my-release-minio', key: 'secretkey' } },
      },
      { name: 'ETCD_ROOT_PASSWORD', value: 'hunter22' },
    ],
    args: ['server', '/export', '--password', 'hunter22'],
  });
  expect(text).toContain('/bitnami/etcd/data');
  expect(text).toContain('my-release-minio');
  expect(text).toContain('"/export","--password","(redacted)"');
  expect(text).not.toContain('hunter22');
});

/** Long enough not to occur by chance; every sign that a password manager makes, quotes aside. */
const secrets = stringMatching(/^[A-Za-z0-9!#%^*_+.-]{12,40}$/).map((text) => `S3${text}`);
const secretNames = constantFrom(
  'accessKeyID',
  'secretAccessKey',
  'password',
  'saslPassword',
  'authToken',
  'apikey',
  'private_key',
  'credential_json',
);
const plainNames = constantFrom('minio', 'etcd', 'common', 'security', 'kafka', 'auth', 'extra');

test('a secret planted anywhere in a configuration never survives', () => {
  const trees = tuple(array(plainNames, { maxLength: 4 }), secretNames, secrets, boolean());
  assert(
    property(trees, ([names, name, secret, isList]) => {
      const leaf: object = { [name]: isList ? [secret, { value: secret }] : secret, port: 9000 };
      const tree = names.reduceRight<object>((inner, key) => ({ [key]: inner, rootPath: 'file' }), leaf);
      const nested = { config: `${stringify(tree)}# ${secret}\n`, list: [tree] };
      const map = { metadata, data: { 'user.yaml': stringify(nested), 'user.json': JSON.stringify(nested) } };
      expect(JSON.stringify(redactObject.ConfigMap(map))).not.toContain(secret);
      const milvus = { metadata, spec: { mode: 'cluster', config: { tree }, components: { tree } } };
      expect(JSON.stringify(redactObject.Milvus(milvus))).not.toContain(secret);
    }),
  );
});

test('a secret planted in a pod, an event or an annotation never survives', () => {
  assert(
    property(secretNames, secrets, (name, secret) => {
      const url = `http://admin:${secret}@minio:9000/bucket`;
      const text = redactedPod({
        env: [
          { name: `MINIO_${name}`, value: secret },
          { name: 'ENDPOINT', value: url },
          { name: 'OPTIONS', value: `-D${name}=${secret} -Dport=1` },
          { name: 'CONFIG', value: stringify({ [name]: secret, port: 1 }) },
        ],
        command: ['sh', '-c', `export ${name}="${secret}"; run --${name} ${secret} ${url}`],
        args: [`--${name}`, secret, `--${name}=${secret}`, url],
      });
      expect(text).not.toContain(secret);
      const event = redactObject.Event({
        metadata: {
          name: 'e',
          annotations: {
            [name]: secret,
            'kubectl.kubernetes.io/last-applied-configuration': secret,
            'example.com/note': `${name}: ${secret}`,
          },
        },
        message: `cannot reach ${url} with ${name}=${secret}`,
        involvedObject: {},
      });
      expect(JSON.stringify(event)).not.toContain(secret);
    }),
  );
});
