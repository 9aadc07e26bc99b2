import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderLayout } from '../../fixtures/layouts/layouts.ts';
import { loadRecording } from '../../fixtures/recordings/load.ts';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import { observationOfManifest } from './manifest.ts';
import type { Topology } from './model.ts';
import type { Observation } from './observation.ts';
import { understand } from './understand.ts';

const manifests = process.env['CHART_MANIFESTS'];
const recordings = process.env['RECORDINGS'];

function roles({ components }: Topology): readonly string[] {
  return components.map(({ role }) => role).toSorted();
}

function expected({ expectedClaims }: Topology): readonly string[] {
  return expectedClaims.map(({ name }) => name).toSorted();
}

function withClaims(observation: Observation, ...names: readonly string[]): Observation {
  const claims = names.map((name) => ({ metadata: { name }, spec: {} }));
  return { ...observation, objects: { ...observation.objects, PersistentVolumeClaim: claims } };
}

function orphans(observation: Observation, instance?: string): readonly string[] {
  const topology = understand(observation, instance === undefined ? {} : { instance });
  return topology.orphanClaims.map(({ metadata }) => metadata.name);
}

const two = observationOfManifest(renderLayout('woodpecker') + renderLayout('kafka', { release: 'my' }), {
  file: 'two.yaml',
});

describe('which instance', () => {
  test('none: what was looked for and what is there', () => {
    const text = renderLayout('woodpecker')
      .replaceAll('- run', '- help')
      .replaceAll('milvusdb/milvus', 'books/app');
    const bare = observationOfManifest(text.replaceAll('/milvus/configs', '/etc/books'), {
      file: 'bare.yaml',
    });
    expect(() => understand(bare)).toThrow(
      'No Milvus found in namespace "milvus". Looked for workloads with a container that runs "milvus run ROLE", or a ' +
        'Milvus image with a component label. There are 5 Deployments (my-release-milvus-proxy, ' +
        'my-release-milvus-mixcoord, my-release-milvus-querynode, my-release-milvus-datanode, ' +
        'my-release-milvus-streamingnode), 2 StatefulSets (my-release-etcd, my-release-minio), none of them Milvus. ' +
        'Pods could not be read: bare.yaml is a manifest and says nothing of Pods. ' +
        'Check the namespace (-n) and the context (--context).',
    );
  });

  test('an empty namespace', () => {
    const empty = observationOfManifest('# nothing\n', { file: 'empty.yaml', namespace: 'db' });
    expect(() => understand(empty)).toThrow(
      /^No Milvus found in namespace "db"\..* There are no workloads at all\./,
    );
  });

  test('two and none named: lists them', () => {
    expect(() => understand(two)).toThrow(
      'Namespace "milvus" holds 2 Milvus instances: my-release, my. Name the one that is meant with --instance.',
    );
  });

  test('named one not there: lists what is', () => {
    expect(() => understand(two, { instance: 'other' })).toThrow(
      'No Milvus instance named "other" in namespace "milvus". There are: my-release, my.',
    );
  });

  test('two in one namespace keep their stores and claims apart', () => {
    const first = understand(two, { instance: 'my-release' });
    const second = understand(two, { instance: 'my' });
    expect([first.logType, second.logType]).toEqual(['woodpecker', 'kafka']);
    expect(expected(first)).toHaveLength(7);
    expect(expected(second)).toHaveLength(13);
    expect(expected(first).every((name) => name.includes('-my-release-'))).toBe(true);
    expect(expected(second).some((name) => name.includes('-my-release-'))).toBe(false);
  });
});

describe('names decide nothing', () => {
  test('a release whose name holds "milvus" (its fullname is the release)', () => {
    const topology = understand(observationOfLayout('woodpecker', { release: 'my-milvus' }));
    expect(topology.instance.name).toBe('my-milvus');
    expect(roles(topology)).toEqual(['datanode', 'mixcoord', 'proxy', 'querynode', 'streamingnode']);
    expect(expected(topology)).toEqual([
      'data-my-milvus-etcd-0',
      'data-my-milvus-etcd-1',
      'data-my-milvus-etcd-2',
      'export-my-milvus-minio-0',
      'export-my-milvus-minio-1',
      'export-my-milvus-minio-2',
      'export-my-milvus-minio-3',
    ]);
  });

  test('nameOverride', () => {
    const topology = understand(
      observationOfLayout('woodpecker', {
        edits: [
          ['app.kubernetes.io/name: milvus', 'app.kubernetes.io/name: vectors'],
          ['my-release-milvus', 'my-release-vectors'],
        ],
      }),
    );
    expect(roles(topology)).toEqual(['datanode', 'mixcoord', 'proxy', 'querynode', 'streamingnode']);
    expect(topology.configuration.from).toBe('ConfigMap/my-release-vectors: default.yaml, user.yaml');
    expect(topology.stores.map(({ product }) => product)).toEqual(['etcd', 'minio', 'woodpecker']);
  });

  test('customConfigMap: its key milvus.yaml is the configuration', () => {
    const topology = understand(
      observationOfLayout('kafka', {
        edits: [
          [
            '  name: my-release-milvus\n  namespace: milvus\ndata:',
            '  name: books\n  namespace: milvus\ndata:',
          ],
          ['            name: my-release-milvus\n', '            name: books\n'],
          ['  default.yaml: |', '  milvus.yaml: |'],
          ['mountPath: /milvus/configs/default.yaml', 'mountPath: /milvus/configs/milvus.yaml'],
          ['subPath: default.yaml', 'subPath: milvus.yaml'],
        ],
      }),
    );
    expect(topology.configuration.from).toBe('ConfigMap/books: milvus.yaml, user.yaml');
    expect(topology.logType).toBe('kafka');
    expect(topology.problems).toEqual([]);
  });
});

describe('what an instance is', () => {
  test.each([
    ['woodpecker', { managedBy: 'helm', mode: 'cluster', version: '2.6.2' }],
    ['standalone', { managedBy: 'helm', mode: 'standalone', version: '2.6.15' }],
    ['pulsar-2.5', { managedBy: 'helm', mode: 'cluster', version: '2.5.16' }],
  ] as const)('%s', (layout, instance) => {
    expect(understand(observationOfLayout(layout)).instance).toMatchObject(instance);
  });

  test('roles with zero replicas do not make a cluster of a standalone', () => {
    const spare = renderLayout('woodpecker')
      .replaceAll('replicas: 1', 'replicas: 0')
      .replaceAll('v2.6.2', 'v2.5.0');
    const proxies = spare.split('---').filter((text) => text.includes('kind: Deployment'));
    const file = 'standalone.yaml';
    const observation = observationOfManifest([renderLayout('standalone'), ...proxies].join('---\n'), {
      file,
    });
    expect(understand(observation).instance).toMatchObject({ mode: 'standalone', version: '2.6.15' });
  });

  test.skipIf(recordings === undefined)(
    'by the operator; slots with zero replicas are normal (RECORDINGS)',
    () => {
      const topology = understand(loadRecording(recordings ?? '', 'operator'));
      expect(topology.instance).toEqual({
        name: 'vectors',
        namespace: 'operated',
        managedBy: 'operator',
        mode: 'cluster',
        version: '2.3.5',
      });
      const shape = topology.components.map(({ role, workload }) => [
        role,
        workload.replicas,
        workload.pods.length,
      ]);
      expect(shape).toEqual([
        ['datanode', 1, 1],
        ['indexnode', 1, 1],
        ['mixcoord', 1, 1],
        ['proxy', 1, 1],
        ['querynode', 1, 1],
        ['querynode', 0, 0],
        ['standalone', 0, 0],
      ]);
      expect(topology.expectedClaims.every(({ claim }) => claim?.status?.phase === 'Bound')).toBe(true);
      expect(topology.orphanClaims).toEqual([]);
    },
  );

  test.skipIf(manifests === undefined)(
    'every claim that a chart makes by itself is expected (CHART_MANIFESTS)',
    () => {
      for (const file of readdirSync(manifests ?? '').filter((name) => name.endsWith('.yaml'))) {
        const observation = observationOfManifest(readFileSync(join(manifests ?? '', file), 'utf8'), {
          file,
        });
        expect({ file, orphans: orphans(observation) }).toEqual({ file, orphans: [] });
      }
    },
  );
});

describe('orphan claims', () => {
  const observation = observationOfLayout('woodpecker');

  test('left by a scale-down, by an earlier log, and not what others use or own', () => {
    const claims = [
      'data-my-release-etcd-0',
      'data-my-release-etcd-3',
      'data-my-release-kafka-0',
      'my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-0',
      'data-postgres-0',
    ];
    expect(orphans(withClaims(observation, ...claims))).toEqual([
      'data-my-release-etcd-3',
      'data-my-release-kafka-0',
      'my-release-pulsarv3-bookie-journal-my-release-pulsarv3-bookie-0',
    ]);
  });

  test('a release that another one begins with takes none of its claims', () => {
    const nested = observationOfManifest(
      renderLayout('woodpecker', { release: 'my' }) + renderLayout('kafka', { release: 'my-milvus-2' }),
      {
        file: 'nested.yaml',
      },
    );
    const claims = ['data-my-milvus-2-kafka-7', 'data-my-kafka-7'];
    expect(orphans(withClaims(nested, ...claims), 'my')).toEqual(['data-my-kafka-7']);
    expect(orphans(withClaims(nested, ...claims), 'my-milvus-2')).toEqual(['data-my-milvus-2-kafka-7']);
  });

  test('labels count more than names; what a pod owns goes with the pod', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u' };
    const claims = [
      {
        metadata: { name: 'data-my-release-kafka-0', labels: { 'app.kubernetes.io/instance': 'other' } },
        spec: {},
      },
      { metadata: { name: 'old', labels: { release: 'my-release' } }, spec: {} },
      { metadata: { name: 'my-release-milvus-scratch', ownerReferences: [pod] }, spec: {} },
    ];
    const { objects } = observation;
    expect(orphans({ ...observation, objects: { ...objects, PersistentVolumeClaim: claims } })).toEqual([
      'old',
    ]);
  });
});

describe('a configuration that cannot be read is a problem, and nothing is said to be missing', () => {
  test('the ConfigMap is not there', () => {
    const observation = observationOfLayout('woodpecker');
    const topology = understand({ ...observation, objects: { ...observation.objects, ConfigMap: [] } });
    expect(topology.problems).toEqual([
      {
        about: 'configuration',
        subject: { kind: 'ConfigMap', name: 'my-release-milvus' },
        detail:
          'ConfigMap my-release-milvus, which Deployment my-release-milvus-proxy mounts as its configuration, ' +
          'is not there, so what Milvus is configured to use is not known.',
      },
    ]);
    expect(topology.stores).toEqual([]);
    expect(topology.logType).toBeUndefined();
  });

  test('a layer is no YAML: the other layers stand, the problem is told', () => {
    const topology = understand(
      observationOfLayout('kafka', {
        edits: [['# Settings of your own; they win over default.yaml.', 'a: [1']],
      }),
    );
    expect(topology.problems.map(({ subject }) => subject)).toEqual([
      { kind: 'ConfigMap', name: 'my-release-milvus' },
    ]);
    expect(topology.problems[0]?.detail).toMatch(
      /^Key user\.yaml of ConfigMap my-release-milvus is not readable YAML: /,
    );
    expect(topology.logType).toBe('kafka');
  });

  test('a log that does not exist', () => {
    const topology = understand(observationOfLayout('kafka', { settings: { mq: { type: 'rabbitmq' } } }));
    expect(topology.problems).toEqual([
      {
        about: 'log',
        subject: { kind: 'Milvus', name: 'my-release' },
        detail: 'mq.type is "rabbitmq", which is none of woodpecker, kafka, pulsar, rocksmq, natsmq.',
      },
    ]);
  });
});
