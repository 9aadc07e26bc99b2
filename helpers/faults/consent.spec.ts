import { expect, onTestFinished, test } from 'vitest';
import { recording } from '../../fixtures/recordings/recording.ts';
import { ReplayServer, type Reply } from '../../fixtures/recordings/replay-server.ts';
import { UsageError } from '../engine/usage-error.ts';
import { connect } from '../kubernetes/connection.ts';
import { requireConsent } from './consent.ts';

async function ask(namespace: Reply, consented: boolean): Promise<void> {
  const server = await ReplayServer.start(({ path }) =>
    path === '/version' ? recording('version').response : namespace,
  );
  onTestFinished(() => server[Symbol.asyncDispose]());
  await using connection = await connect({ kubeconfig: await server.kubeconfig() });
  await requireConsent(connection, 'milvus', consented, AbortSignal.timeout(5000));
}

function annotated(value?: string): Reply {
  const annotations = value === undefined ? {} : { annotations: { 'milvus-conformance/faults': value } };
  return { status: 200, body: { kind: 'Namespace', metadata: { name: 'milvus', ...annotations } } };
}

test('a flag or an annotation is consent', async () => {
  await expect(ask(annotated(), true)).resolves.toBeUndefined();
  await expect(ask(annotated('allowed'), false)).resolves.toBeUndefined();
});

test('without either nothing is disturbed, and both ways are named', async () => {
  await expect(ask(annotated(), false)).rejects.toThrow(
    new UsageError(
      'Faults make what runs in the namespace milvus fail for a while. Say that you want this with --consent, or ' +
        'once for all: kubectl annotate namespace milvus milvus-conformance/faults=allowed',
    ),
  );
});

test('a protected namespace is not disturbed, whatever the flag', async () => {
  await expect(ask(annotated('forbidden'), true)).rejects.toThrow(
    'The namespace milvus is protected (its annotation milvus-conformance/faults is forbidden)',
  );
});

test('a misspelt annotation allows nothing', async () => {
  await expect(ask(annotated('yes'), true)).rejects.toThrow("is 'yes'; expected allowed or forbidden");
});

test('a namespace that may not be read may be a protected one', async () => {
  const { body } = recording('error-403').response;
  await expect(ask({ status: 403, body }, true)).rejects.toMatchObject({ failure: 'forbidden' });
});
