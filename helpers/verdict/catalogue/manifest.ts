import type { Statement } from '../statement.ts';

/** What a manifest promises before it is applied. */
export const manifest = {
  'MAN-010': {
    title: 'Every object of the manifest goes into the namespace of the deployment.',
    severity: 'warn',
    needs: 'manifest',
    why: 'Services are found by their short names only inside one namespace. A store that is applied to another one is not found, and an uninstall leaves it behind.',
    remedy: 'Render the chart with `helm template --namespace NS` and apply it with the same `-n NS`.',
  },
  'MAN-020': {
    title: 'No log is installed besides the one that Milvus uses.',
    severity: 'warn',
    needs: 'manifest',
    why: 'The chart enables Pulsar by default. Where another log is chosen and Pulsar is left on, its pods and claims cost their full price and nothing is ever written to them.',
    remedy:
      'Turn the log that is not used off in the values (`pulsarv3.enabled=false`, `kafka.enabled=false`, `woodpecker.enabled=false`) and render again.',
  },
  'MAN-030': {
    title: 'No object stands in the manifest twice.',
    severity: 'warn',
    needs: 'manifest',
    why: '`kubectl apply` applies both, one after the other, and the last one wins: which settings are in force depends on the order of the files.',
    remedy: 'Remove one of the two places that the finding names.',
  },
  'MAN-040': {
    title: 'Every claim that a pod mounts by name is made by the manifest.',
    severity: 'warn',
    needs: 'manifest',
    reads: ['PersistentVolumeClaim', 'StatefulSet', 'Deployment'],
    why: 'A claim that is mounted by name and declared nowhere must be there already. Where it is not, the pod is never scheduled; where it is, it holds what an earlier release left in it.',
    remedy:
      'Declare the claim in the manifest, or make sure that the one that is there is meant: `kubectl get pvc NAME`. `milvus-conformance preflight --manifest FILE` looks for it.',
  },
  'MAN-050': {
    title: 'What the operator makes of the Milvus resource is known.',
    severity: 'fail',
    needs: 'manifest',
    why: 'A Milvus resource says what is wanted; the operator decides what is made. What cannot be told from the resource alone cannot be judged before it is applied.',
    remedy:
      'Correct what the operator does not accept. For what only the operator knows, apply the resource to a test cluster and run `milvus-conformance gate --read-only` there.',
    source: 'milvus-operator: API reference',
  },
} as const satisfies Record<string, Statement>;
