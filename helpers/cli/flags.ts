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
  'kafka-2.3',
] as const;
export type Layout = (typeof layouts)[number];

const configFlag = {
  flags: '--config <file>',
  description: 'options file (default: milvus-conformance.yaml in the working directory, when there is one)',
} as const satisfies Flag;

/** Which deployment of a manifest is looked at. */
const whichFlags = [
  {
    flags: '-n, --namespace <name>',
    description: 'namespace that objects without one go into (default: the one that most objects name)',
    key: 'namespace',
  },
  {
    flags: '--instance <name>',
    description: 'which Milvus deployment of the manifest, when it holds more than one',
    key: 'instance',
  },
  configFlag,
] as const satisfies readonly Flag[];

const embeddedFlag = {
  flags: '--embedded [layout]',
  description: `start the embedded cluster, a simulation, with this layout: ${layouts.join(', ')} (default: ${layouts[0]})`,
  key: 'embedded',
} as const satisfies Flag;

const clusterFlags = [
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
] as const satisfies readonly Flag[];

/** Which deployment is looked at. */
const targetFlags = [
  embeddedFlag,
  {
    flags: '--manifest <file>',
    description:
      'start the embedded cluster and apply this file to it, for example what "helm template" printed',
    key: 'manifest',
  },
  ...clusterFlags,
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
  configFlag,
] as const satisfies readonly Flag[];

/** Where something is to be installed. */
const placeFlags = [
  ...clusterFlags,
  embeddedFlag,
  {
    flags: '-n, --namespace <name>',
    description: 'namespace to install into (default: the manifest’s, else the context’s)',
    key: 'namespace',
  },
  {
    flags: '--instance <name>',
    description: 'which Milvus deployment of the manifest, when it holds more than one',
    key: 'instance',
  },
  configFlag,
] as const satisfies readonly Flag[];

const outFlag = {
  flags: '--out <dir>',
  description: 'folder for the reports; each run makes a folder of its own in it (default: reports)',
  key: 'out',
} as const satisfies Flag;

/** What is judged, and where it is told. */
const reportFlags = [
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
] as const satisfies readonly Flag[];

/** The flags of each command, in the order that --help shows them. */
export const flagsOf = {
  gate: [
    ...targetFlags,
    ...reportFlags,
    {
      flags: '--thorough',
      description: 'after the round trip, try all that Milvus promises; takes minutes instead of seconds',
      key: 'thorough',
    },
    {
      flags: '--read-only',
      description: 'write nothing: no round trip, only what can be seen',
      key: 'readOnly',
    },
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  discover: [...targetFlags, { flags: '--json', description: 'print the topology as JSON to stdout' }],
  manifests: [
    {
      flags: '--images',
      description: 'print the images to mirror for an offline install, one a line, and nothing else',
    },
    { flags: '--diff', description: 'compare two manifests, OLD and NEW: what applying the new one will do' },
    ...whichFlags,
    ...reportFlags,
    { flags: '--json', description: 'print what was found, and results.json in it, as JSON to stdout' },
  ],
  preflight: [
    {
      flags: '--manifest <file>',
      description: 'what is to be installed: a rendered manifest, a folder of them, or - for stdin',
      key: 'manifest',
    },
    ...placeFlags,
    ...reportFlags,
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  checks: [{ flags: '--json', description: 'print the catalogue as JSON to stdout' }],
  demo: [outFlag],
} as const satisfies Record<string, readonly Flag[]>;

/** What a command takes besides flags, as commander reads it, and what it is. */
export const argumentsOf: Readonly<
  Partial<Record<keyof typeof flagsOf, { readonly name: string; readonly description: string }>>
> = {
  manifests: {
    name: '<files...>',
    description:
      'rendered manifests: files, folders, or - for stdin; with --diff the old one and the new one',
  },
  checks: { name: '[code]', description: 'one check, for example STO-010, or an area, for example STO' },
};

/** One example for the end of each command's --help. */
export const examples: Readonly<Record<keyof typeof flagsOf, string>> = {
  gate: 'milvus-conformance gate --context production -n milvus --read-only',
  discover: 'milvus-conformance discover -n milvus',
  manifests: 'helm template my-release milvus/milvus -n milvus | milvus-conformance manifests -',
  preflight: 'milvus-conformance preflight -n milvus --manifest milvus.yaml',
  checks: 'milvus-conformance checks STO-010',
  demo: 'milvus-conformance demo',
};
