import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer } from '../../fixtures/recordings/replay-server.ts';
import { connect } from '../kubernetes/connection.ts';
import { rights } from '../kubernetes/rights.ts';
import { requireFaultRights } from './require-rights.ts';
import { faultRights } from './rights.ts';

interface Document {
  readonly kind: string;
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

/** `verb group/resource name` of every rule of the document that users apply. */
function granted(): readonly string[] {
  const text = readFileSync(new URL('../../docs/rights-chaos.yaml', import.meta.url), 'utf8');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Document)
    .flatMap(({ rules = [] }) => rules)
    .flatMap(({ apiGroups, resources, verbs, resourceNames = [''] }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.flatMap((verb) => resourceNames.map((name) => `${verb} ${group}/${resource} ${name}`)),
        ),
      ),
    )
    .toSorted();
}

test('docs/rights-chaos.yaml grants what faults use, and nothing else', () => {
  const used = faultRights.map(
    ({ verb, group, resource, name = '' }) => `${verb} ${group}/${resource} ${name}`,
  );
  expect(granted()).toEqual(used.toSorted());
});

test('no right of a gate is asked for twice, none is over Secrets, and each says what it is for', () => {
  const ofGate = rights.filter(({ scope }) => scope === 'namespace');
  const keys = [...ofGate, ...faultRights].map(({ verb, group, resource }) => `${verb} ${group}/${resource}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(faultRights.filter(({ resource }) => resource === 'secrets')).toEqual([]);
  expect(faultRights.filter(({ purpose }) => !purpose.startsWith('to '))).toEqual([]);
});

test('before anything is done, the rights that just these faults need are asked for, and what is missing is named', async () => {
  const asked: string[] = [];
  const server = await ReplayServer.start(({ path, body }) => {
    if (path === '/version') return recording('version').response;
    const { verb, resource, subresource, name } = JSON.parse(body).spec.resourceAttributes;
    asked.push([verb, resource, subresource, name].filter(Boolean).join(' '));
    return { status: 201, body: { status: { allowed: verb !== 'delete' } } };
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  await expect(
    requireFaultRights(connection, 'milvus', ['kill-container'], AbortSignal.timeout(5000)),
  ).rejects.toThrow(
    'Missing: delete leases.coordination.k8s.io in the namespace milvus (to give it back). ' +
      'A Role with just what is needed is in docs/rights-chaos.yaml.',
  );
  expect(asked).toContain('create pods exec');
  expect(asked).toContain('delete leases milvus-conformance');
  expect(asked).not.toContain('delete pods');
});
