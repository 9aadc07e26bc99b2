/** One flag of the command line, as `--help`, the documentation and the options file know it. */
export interface Flag {
  /** As commander reads it: `-n, --namespace <name>`. */
  readonly flags: string;
  readonly description: string;
  /** The key in the options file, where the flag can be given there: the flag's own name in camelCase. */
  readonly key?: string;
  readonly repeatable?: true;
}

/** The layouts that the embedded cluster can build by itself; the first is the default. */
export const layouts = [
  'woodpecker',
  'woodpecker-service',
  'kafka',
  'pulsar',
  'standalone',
  'pulsar-2.5',
] as const;
export type Layout = (typeof layouts)[number];

/** Which deployment is looked at. */
const targetFlags = [
  {
    flags: '--embedded [layout]',
    description: `start the embedded cluster, a simulation, with this layout: ${layouts.join(', ')} (default: ${layouts[0]})`,
    key: 'embedded',
  },
  {
    flags: '--manifest <file>',
    description:
      'start the embedded cluster and apply this file to it, for example what "helm template" printed',
    key: 'manifest',
  },
  {
    flags: '--kubeconfig <file>',
    description:
      'kubeconfig of the cluster (default: as kubectl finds it, or the service account of this pod)',
    key: 'kubeconfig',
  },
  {
    flags: '--context <name>',
    description: 'context of the kubeconfig (default: its current one)',
    key: 'context',
  },
  {
    flags: '-n, --namespace <name>',
    description: 'namespace of the deployment (default: the context’s)',
    key: 'namespace',
  },
  {
    flags: '--instance <name>',
    description: 'which Milvus deployment of the namespace, when it holds more than one',
    key: 'instance',
  },
  {
    flags: '--from <dir>',
    description: 'judge the observation that an earlier run saved in this folder, and no cluster',
    key: 'from',
  },
  {
    flags: '--config <file>',
    description:
      'options file (default: milvus-conformance.yaml in the working directory, when there is one)',
  },
] as const satisfies readonly Flag[];

const outFlag = {
  flags: '--out <dir>',
  description: 'folder for the reports; each run makes a folder of its own in it (default: reports)',
  key: 'out',
} as const satisfies Flag;

/** The flags of each command, in the order that --help shows them. */
export const flagsOf = {
  gate: [
    ...targetFlags,
    outFlag,
    {
      flags: '--only <codes>',
      description: 'only these checks: codes (STO-010) or areas (STO), comma-separated; repeatable',
      key: 'only',
      repeatable: true,
    },
    {
      flags: '--skip <codes>',
      description: 'not these checks: codes or areas, comma-separated; repeatable',
      key: 'skip',
      repeatable: true,
    },
    {
      flags: '--read-only',
      description: 'write nothing: no round trip, only what can be seen',
      key: 'readOnly',
    },
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  discover: [...targetFlags, { flags: '--json', description: 'print the topology as JSON to stdout' }],
  checks: [{ flags: '--json', description: 'print the catalogue as JSON to stdout' }],
  demo: [outFlag],
} as const satisfies Record<string, readonly Flag[]>;

/** One example for the end of each command's --help. */
export const examples: Readonly<Record<keyof typeof flagsOf, string>> = {
  gate: 'milvus-conformance gate --context production -n milvus --read-only',
  discover: 'milvus-conformance discover -n milvus',
  checks: 'milvus-conformance checks STO-010',
  demo: 'milvus-conformance demo',
};
