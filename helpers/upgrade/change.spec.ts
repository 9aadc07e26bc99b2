import { expect, test } from 'vitest';
import { backCommands, changeCommands, commandText, helmWords } from './change.ts';

const reached = { kubeconfig: undefined, context: 'production', namespace: 'milvus' };
const component = (role: string, image: string) => ({
  role,
  workload: `Deployment/books-milvus-${role}`,
  container: role,
  image,
  replicas: 1,
  pods: [],
});
const deployment = {
  instance: 'books',
  managedBy: 'helm',
  components: [component('proxy', 'milvusdb/milvus:v2.6.2'), component('mixcoord', 'milvusdb/milvus:v2.6.2')],
};

test('an image is set one workload after the other, coordinators first, each until it has rolled out', () => {
  const asked = { kind: 'image', image: 'milvusdb/milvus:v2.6.15' } as const;
  expect(changeCommands(asked, deployment, reached, 600_000).map(commandText)).toEqual([
    'kubectl set image Deployment/books-milvus-mixcoord mixcoord=milvusdb/milvus:v2.6.15 --namespace=milvus --context=production',
    'kubectl rollout status Deployment/books-milvus-mixcoord --timeout=600s --namespace=milvus --context=production',
    'kubectl set image Deployment/books-milvus-proxy proxy=milvusdb/milvus:v2.6.15 --namespace=milvus --context=production',
    'kubectl rollout status Deployment/books-milvus-proxy --timeout=600s --namespace=milvus --context=production',
  ]);
  const [first] = backCommands(asked, deployment, reached, 600_000, 'saved.json').map(commandText);
  expect(first).toBe(
    'kubectl set image Deployment/books-milvus-proxy proxy=milvusdb/milvus:v2.6.2 --namespace=milvus --context=production',
  );
});

test('the operator is told its image: it would undo what is done to its workloads', () => {
  const asked = { kind: 'image', image: 'milvusdb/milvus:v2.6.15' } as const;
  const commands = changeCommands(asked, { ...deployment, managedBy: 'operator' }, reached, 600_000);
  expect(commands.map(commandText)).toEqual([
    `kubectl patch milvuses.milvus.io/books --type=merge '--patch={"spec":{"components":{"image":"milvusdb/milvus:v2.6.15"}}}' --namespace=milvus --context=production`,
  ]);
});

test('a manifest is applied, and what it changes is applied again to go back', () => {
  const asked = { kind: 'manifest', file: 'next.yaml' } as const;
  expect(changeCommands(asked, deployment, reached, 1000).map(commandText)).toEqual([
    'kubectl apply --filename=next.yaml --namespace=milvus --context=production',
  ]);
  expect(backCommands(asked, deployment, reached, 1000, 'saved.json').map(commandText)).toEqual([
    'kubectl apply --filename=saved.json --namespace=milvus --context=production',
  ]);
});

test('helm gets its own words, and goes back by its own history', () => {
  const words = helmWords('helm upgrade my-release zilliztech/milvus --set image.all.tag=v2.6.15 -n vectors');
  const asked = { kind: 'helm', words } as const;
  expect(changeCommands(asked, deployment, reached, 1000).map(commandText)).toEqual([
    'helm upgrade my-release zilliztech/milvus --set image.all.tag=v2.6.15 -n vectors --kube-context=production',
  ]);
  expect(backCommands(asked, deployment, reached, 1000, '').map(commandText)).toEqual([
    'helm rollback my-release --wait --namespace=milvus --kube-context=production',
  ]);
});
