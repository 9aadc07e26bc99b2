import { z } from 'zod';

const text = z.string();
const count = z.number().int();
const settings = z.record(text, text);

const component = z.strictObject({
  role: text,
  /** `Deployment/my-release-milvus-proxy`. */
  workload: text,
  container: text,
  image: text,
  replicas: count,
  pods: z.array(z.strictObject({ name: text, image: text, ready: z.boolean() })),
});

const claim = z.strictObject({
  name: text,
  /** What is kept on it: `etcd data`; empty for a claim that nothing need be kept on. */
  keeps: z.array(text),
  /** Stores whose data that is: `metadata`, `object`, `log`. */
  stores: z.array(text),
  uid: text.exactOptional(),
  volume: text.exactOptional(),
  volumeUid: text.exactOptional(),
});

/** The deployment as a snapshot keeps it. */
export const deploymentSchema = z.strictObject({
  version: text.exactOptional(),
  /** What Milvus itself says. */
  serverVersion: text.exactOptional(),
  mode: text,
  managedBy: text,
  log: text.exactOptional(),
  components: z.array(component),
  /** Settings that say where data is, by path; in their effective form, defaults spelt out. */
  configuration: settings,
  claims: z.array(claim),
  etcdClusterIds: z.array(text),
  bucketExists: z.boolean().exactOptional(),
  /** Disruption budgets of the namespace, and the workloads of components that each protects. */
  budgets: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('read'),
      found: z.array(z.strictObject({ name: text, workloads: z.array(text) })),
    }),
    z.strictObject({ state: z.literal('refused'), message: text }),
  ]),
});

export type DeploymentFacts = z.infer<typeof deploymentSchema>;
export type BudgetFacts = DeploymentFacts['budgets'];
