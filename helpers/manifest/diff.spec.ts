import { expect, test } from 'vitest';
import { manifestDiffText } from '../report/manifest-diff.ts';
import { requireDurability } from '../topology/require.ts';
import { understand } from '../topology/understand.ts';
import { diffManifests, isHarmful, type ManifestDiff } from './diff.ts';
import { renderManifest } from './render.ts';
import { summarize } from './summary.ts';

interface Wanted {
  readonly image?: string;
  readonly size?: string;
  readonly serviceName?: string;
  readonly replicas?: number;
  readonly log?: 'rocksmq' | 'natsmq';
  readonly etcd?: string;
  readonly policy?: string;
}

/** A standalone with its etcd, small enough to read. */
function manifest(wanted: Wanted): string {
  const {
    image = 'v2.5.4',
    size = '10Gi',
    serviceName = 'etcd',
    replicas = 3,
    log = 'rocksmq',
    etcd = 'etcd',
    policy,
  } = wanted;
  const labels = { app: etcd };
  const objects = [
    {
      kind: 'ConfigMap',
      metadata: { name: 'books' },
      data: {
        'user.yaml': `mq: {type: ${log}}\netcd: {endpoints: ["${etcd}:2379"]}\ncommon: {storageType: local}\n`,
      },
    },
    {
      kind: 'Deployment',
      metadata: { name: 'books-standalone' },
      spec: {
        selector: { matchLabels: { app: 'books' } },
        template: {
          metadata: { labels: { app: 'books' } },
          spec: {
            containers: [
              {
                name: 'milvus',
                image: `milvusdb/milvus:${image}`,
                args: ['milvus', 'run', 'standalone'],
                volumeMounts: [
                  { name: 'configuration', mountPath: '/milvus/configs' },
                  { name: 'data', mountPath: '/var/lib/milvus' },
                ],
              },
            ],
            volumes: [
              { name: 'configuration', configMap: { name: 'books' } },
              { name: 'data', persistentVolumeClaim: { claimName: 'books' } },
            ],
          },
        },
      },
    },
    {
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'books' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
    },
    { kind: 'Service', metadata: { name: etcd }, spec: { selector: labels } },
    {
      kind: 'StatefulSet',
      metadata: { name: etcd },
      spec: {
        serviceName,
        replicas,
        ...(policy !== undefined && { podManagementPolicy: policy }),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              { name: 'etcd', image: 'etcd:3.5', volumeMounts: [{ name: 'data', mountPath: '/' }] },
            ],
          },
        },
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { resources: { requests: { storage: size } } } },
        ],
      },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function diff(before: Wanted, after: Wanted): ManifestDiff {
  const [old, next] = [before, after].map((wanted, at) => {
    const rendered = renderManifest(
      [{ name: at === 0 ? 'old.yaml' : 'new.yaml', text: manifest(wanted) }],
      {},
    );
    const topology = understand(rendered.observation);
    return { rendered, summary: summarize(rendered, topology, requireDurability(topology)) };
  });
  if (old === undefined || next === undefined) throw new Error('two manifests were given');
  return diffManifests(old, next);
}

test('the same manifest changes nothing', () => {
  const same = diff({}, {});
  expect(isHarmful(same)).toBe(false);
  expect(same.claims).toMatchObject({ added: [], changed: [], orphaned: [] });
  expect(same.claims.kept).toEqual(['books', 'data-etcd-0', 'data-etcd-1', 'data-etcd-2']);
});

test('a default that is written out is no change', () => {
  expect(diff({}, { policy: 'OrderedReady' }).refused).toEqual([]);
  expect(diff({}, { policy: 'Parallel' }).refused.map(({ fields }) => fields)).toEqual([
    ['spec.podManagementPolicy'],
  ]);
});

test('a new image is an image, and nothing else', () => {
  const { images, refused, version } = diff({}, { image: 'v2.5.5' });
  expect(images).toEqual({ added: ['milvusdb/milvus:v2.5.5'], removed: ['milvusdb/milvus:v2.5.4'] });
  expect(version).toEqual({ before: '2.5.4', after: '2.5.5' });
  expect(refused).toEqual([]);
});

test('larger claim templates stop apply at the StatefulSet, in the API server’s own words', () => {
  const larger = diff({}, { size: '20Gi' });
  expect(larger.refused).toMatchObject([
    { kind: 'StatefulSet', name: 'etcd', fields: ['spec.volumeClaimTemplates'], place: 'new.yaml:9' },
  ]);
  expect(larger.refused[0]?.refusal).toBe(
    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  );
  expect(larger.claims.changed.map(({ name, effect }) => `${name}: ${effect}`)).toEqual([
    'books: it grows where its class allows expansion',
    'data-etcd-0: the claim that exists stays as it is',
    'data-etcd-1: the claim that exists stays as it is',
    'data-etcd-2: the claim that exists stays as it is',
  ]);
});

test('another serviceName is refused; a claim cannot shrink', () => {
  expect(diff({}, { serviceName: 'other' }).refused.map(({ fields }) => fields)).toEqual([
    ['spec.serviceName'],
  ]);
  expect(diff({}, { size: '5Gi' }).refused.map(({ kind, fields }) => [kind, fields])).toEqual([
    ['PersistentVolumeClaim', ['spec.resources']],
    ['StatefulSet', ['spec.volumeClaimTemplates']],
  ]);
});

test('fewer replicas leave a claim with its data behind', () => {
  const { claims } = diff({}, { replicas: 1 });
  expect(claims.orphaned.map(({ name }) => name)).toEqual(['data-etcd-1', 'data-etcd-2']);
});

test('another log is a switch, and the text says so first', () => {
  const switched = diff({}, { log: 'natsmq' });
  expect(isHarmful(switched)).toBe(true);
  const text = manifestDiffText({ old: 'old.yaml', next: 'new.yaml', instance: 'books' }, switched, {
    colours: false,
    width: 200,
  });
  expect(text.split('\n')[2]).toContain('✗ The log is switched from rocksmq to natsmq.');
});

test('a store under another name: objects and claims come and go', () => {
  const { objects, claims } = diff({}, { etcd: 'meta' });
  expect(objects).toEqual({
    added: ['Service/meta', 'StatefulSet/meta'],
    removed: ['Service/etcd', 'StatefulSet/etcd'],
  });
  expect(claims.added).toEqual(['data-meta-0', 'data-meta-1', 'data-meta-2']);
  expect(claims.orphaned.map(({ name }) => name)).toEqual(['data-etcd-0', 'data-etcd-1', 'data-etcd-2']);
});
