import { expect, test } from 'vitest';
import { observationOfLayout } from '../../fixtures/recordings/varied-layout.ts';
import type { Component } from '../../helpers/topology/model.ts';
import type { ContainerState, Pod } from '../../helpers/topology/objects.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { findingsOf } from '../testing/evidence.ts';
import workloads from './workloads.test.ts';

const image = 'milvusdb/milvus:v9.9.9';
const pulling: ContainerState = { waiting: { reason: 'ImagePullBackOff' } };

/** Findings of HLT-110 where some components ask for another image than the rest. */
function oneImage(roles: readonly string[], state: ContainerState) {
  const evidence = evidenceOf(observationOfLayout('kafka-2.3'));
  const components = evidence.topology.components.map((component) =>
    roles.includes(component.role) ? withImage(component, state) : component,
  );
  return findingsOf('HLT-110', workloads, { ...evidence, topology: { ...evidence.topology, components } });
}

function withImage(component: Component, state: ContainerState): Component {
  const { name } = component.container;
  const pod: Pod = {
    metadata: { name: component.role },
    spec: { containers: [{ name, image }] },
    status: {
      containerStatuses: [{ name, image, state, ready: false, restartCount: 0 }],
    },
  };
  return { ...component, image, workload: { ...component.workload, pods: [pod] } };
}

test('a component of another image fails by itself', () => {
  const [finding] = oneImage(['indexnode'], { running: {} });
  expect(finding).toMatchObject({ outcome: 'fail' });
  expect(finding?.followsFrom).toBeUndefined();
});

test('a rollout that cannot pull its image leaves two images, and is their cause', () => {
  const subject = { kind: 'Pod', name: 'indexnode' };
  const followsFrom = { code: 'HLT-010', subject };
  expect(oneImage(['indexnode', 'datanode'], pulling)).toMatchObject([
    { outcome: 'fail', followsFrom: { code: 'HLT-010' } },
  ]);
  expect(oneImage(['indexnode'], pulling)).toMatchObject([{ outcome: 'fail', followsFrom }]);
});
