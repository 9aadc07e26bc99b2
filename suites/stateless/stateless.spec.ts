import { describe, expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { Expectations } from '../../helpers/engine/context.ts';
import type { Deployment, Volume } from '../../helpers/topology/objects.ts';
import type { Observation } from '../../helpers/topology/observation.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { changed, findingsOf } from '../testing/evidence.ts';
import volumes from './durable-volumes.test.ts';

const codes: readonly Code[] = ['STL-020', 'STL-030', 'STL-040', 'STL-050'];

/** A component of a layout with one more volume, mounted at these paths. */
function mounting(
  component: string,
  source: Omit<Volume, 'name'>,
  paths: readonly string[],
  readOnly = false,
) {
  return (observation: Observation): Observation =>
    changed(observation, 'Deployment', `my-release-milvus-${component}`, (deployment): Deployment => {
      const pod = deployment.spec.template.spec;
      const mounts = paths.map((mountPath) => ({ name: 'extra', mountPath, readOnly }));
      const containers = pod.containers.map((container) => ({
        ...container,
        volumeMounts: [...(container.volumeMounts ?? []), ...mounts],
      }));
      const spec = { ...pod, containers, volumes: [...(pod.volumes ?? []), { name: 'extra', ...source }] };
      return { ...deployment, spec: { ...deployment.spec, template: { ...deployment.spec.template, spec } } };
    });
}

function failing(observation: Observation, expectations: Partial<Expectations> = {}): readonly string[] {
  const evidence = evidenceOf(observation, expectations);
  return codes.flatMap((code) =>
    findingsOf(code, volumes, evidence)
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ observed }) => `${code}: ${observed}`),
  );
}

const cluster = observationOfLayout('woodpecker');
const claim = { persistentVolumeClaim: { claimName: 'one' } };

describe('volumes of a component', () => {
  test.each([
    ['emptyDir', { emptyDir: {} }, ['/data'], []],
    [
      'claim',
      claim,
      ['/data'],
      ['STL-020: The querynode can write the claim of volume extra, mounted at /data.'],
    ],
    ['claim for log files', claim, ['/milvus/logs'], []],
    [
      'claim for log files and data',
      claim,
      ['/milvus/logs', '/data'],
      [
        'STL-050: The claim for log files is mounted over a data path of the querynode too: volume extra over /data.',
      ],
    ],
    [
      'hostPath',
      { hostPath: { path: '/mnt/nvme' } },
      ['/data'],
      ['STL-030: The querynode can write hostPath /mnt/nvme of the node, mounted at /data.'],
    ],
    [
      'nfs',
      { nfs: { server: 'files', path: '/x' } },
      ['/data'],
      ['STL-040: The querynode can write volume extra (nfs), mounted at /data.'],
    ],
    ['secrets of a driver', { csi: { driver: 'secrets-store.csi.k8s.io' } }, ['/secrets'], []],
  ])('%s', (_, source, paths, expected) => {
    expect(failing(mounting('querynode', source, paths)(cluster))).toEqual(expected);
  });

  test('what can only be read is no state', () => {
    const zone = mounting('querynode', { hostPath: { path: '/etc/localtime' } }, ['/etc/localtime'], true);
    expect(failing(zone(cluster))).toEqual([]);
  });
});

test('the strict reading’s claim on the streaming node is told apart', () => {
  const seen = mounting('streamingnode', claim, ['/var/lib/milvus/wp'])(cluster);
  expect(failing(seen)).toHaveLength(1);
  expect(failing(seen, { requireLogClaim: 'always' })).toEqual([]);
});

test('standalone is exempt, with the reason', () => {
  const found = findingsOf('STL-020', volumes, evidenceOf(observationOfLayout('standalone')));
  expect(found.map(({ outcome, observed }) => [outcome, observed])).toEqual([
    ['skipped', 'Standalone is one process with its own disk: it may keep a claim.'],
  ]);
});
