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

/** The deployment that is upgraded: one that is there. */
const upgradedFlags = [
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
  configFlag,
] as const satisfies readonly Flag[];

/** What is read of a deployment before an upgrade, and where it is kept. */
const snapshotFlags = [
  { flags: '--save <dir>', description: 'folder for what must be known after the upgrade' },
  {
    flags: '--with-canary',
    description: 'leave a collection of the suite’s own, every row of which is known; "after" removes it',
  },
  {
    flags: '--rows <number>',
    description: 'rows of a collection that are read whole; of more, a sample of as many (default: 100000)',
  },
  {
    flags: '--rows-per-second <number>',
    description: 'read no more rows a second than this, over all collections (default: 20000)',
  },
] as const satisfies readonly Flag[];

const toFlag = {
  flags: '--to <image>',
  description: 'the image of Milvus that will be installed, such as milvusdb/milvus:v2.6.2',
} as const satisfies Flag;

const applyFlag = {
  flags: '--apply <file>',
  description: 'the rendered manifest that will be applied',
} as const satisfies Flag;

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

const seedFlag = {
  flags: '--seed <number>',
  description: 'repeat the rows, searches and choices of the run that printed this seed',
} as const satisfies Flag;

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
    seedFlag,
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  chaos: [
    { flags: '--list', description: 'show the scenarios: what each breaks, and what must hold' },
    { flags: '--dry-run', description: 'say which pods would be struck, and how; strike none' },
    {
      flags: '--consent',
      description:
        'pods of this namespace may be killed (or annotate it: milvus-conformance/faults=allowed); the embedded cluster needs none',
    },
    { flags: '--repeat <times>', description: 'make each experiment this often (default: 1)' },
    {
      flags: '--budget <time>',
      description: 'how long any operation may be away, such as 90s (default: each scenario’s own)',
    },
    {
      flags: '--load <level>',
      description: 'how much is written meanwhile: light, steady or heavy (default: steady)',
    },
    seedFlag,
    ...targetFlags,
    ...reportFlags,
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  clean: [
    ...clusterFlags,
    {
      flags: '-n, --namespace <name>',
      description: 'namespace in which a run was killed (default: the context’s)',
      key: 'namespace',
    },
    {
      ...outFlag,
      description: 'folder of the reports, in which runs note what is to be undone (default: reports)',
    },
    configFlag,
  ],
  'upgrade before': [
    ...snapshotFlags,
    toFlag,
    applyFlag,
    ...upgradedFlags,
    outFlag,
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  'upgrade during': [
    { flags: '--save <dir>', description: 'folder of "upgrade before"' },
    {
      flags: '--budget <time>',
      description: 'end after this, such as 10m, when no rollout has ended before (default: 30m)',
    },
    {
      flags: '--load <level>',
      description: 'how much is written meanwhile: light, steady or heavy (default: light)',
    },
    ...upgradedFlags,
  ],
  'upgrade after': [
    { flags: '--from <dir>', description: 'folder of "upgrade before"' },
    ...upgradedFlags,
    ...reportFlags,
    {
      flags: '--thorough',
      description: 'after the round trip, try all that Milvus promises; takes minutes instead of seconds',
      key: 'thorough',
    },
    {
      flags: '--read-only',
      description: 'write nothing: no round trip, no write through each proxy; the canary stays',
      key: 'readOnly',
    },
    { flags: '--json', description: 'print results.json to stdout, and nothing else there' },
  ],
  'upgrade run': [
    ...snapshotFlags,
    { ...toFlag, description: `${toFlag.description}: set with kubectl` },
    { ...applyFlag, description: `${applyFlag.description}, with kubectl` },
    {
      flags: '--helm <arguments>',
      description:
        'what helm is given, such as "upgrade my-release zilliztech/milvus --reset-then-reuse-values"',
    },
    { flags: '--consent', description: 'do it; without this it is only shown what would be done' },
    { flags: '--rollback', description: 'afterwards go back to what ran before, and verify that too' },
    {
      flags: '--budget <time>',
      description: 'how long a rollout may take, such as 10m (default: 30m)',
    },
    {
      flags: '--load <level>',
      description: 'how much is written meanwhile: light, steady or heavy (default: light)',
    },
    ...upgradedFlags,
    ...reportFlags,
    { flags: '--json', description: 'print results.json of each side to stdout, and nothing else there' },
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
  rehearse: [
    ...whichFlags,
    ...reportFlags,
    seedFlag,
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
  rehearse: {
    name: '<file>',
    description: 'a rendered manifest, for example what "helm template" printed, or - for stdin',
  },
  chaos: {
    name: '[scenarios...]',
    description: 'what to break, as --list names it (default: querynode-kill datanode-kill)',
  },
  checks: { name: '[code]', description: 'one check, for example STO-010, or an area, for example STO' },
};

/** One example for the end of each command's --help. */
export const examples: Readonly<Record<keyof typeof flagsOf, string>> = {
  gate: 'milvus-conformance gate --context production -n milvus --read-only',
  chaos: 'milvus-conformance chaos querynode-kill -n milvus --consent',
  clean: 'milvus-conformance clean -n milvus',
  'upgrade before':
    'milvus-conformance upgrade before --save before-2.6 --with-canary --to milvusdb/milvus:v2.6.2 -n milvus',
  'upgrade during': 'milvus-conformance upgrade during --save before-2.6 -n milvus',
  'upgrade after': 'milvus-conformance upgrade after --from before-2.6 -n milvus',
  'upgrade run':
    'milvus-conformance upgrade run --save to-2.6 --to milvusdb/milvus:v2.6.2 --consent -n milvus',
  discover: 'milvus-conformance discover -n milvus',
  manifests: 'helm template my-release milvus/milvus -n milvus | milvus-conformance manifests -',
  preflight: 'milvus-conformance preflight -n milvus --manifest milvus.yaml',
  rehearse: 'milvus-conformance rehearse milvus.yaml',
  checks: 'milvus-conformance checks STO-010',
  demo: 'milvus-conformance demo',
};

/** Every command, in the order of --help and of docs/command-line.md. */
export const commandNames = [
  'gate',
  'chaos',
  'clean',
  'upgrade before',
  'upgrade during',
  'upgrade after',
  'upgrade run',
  'discover',
  'manifests',
  'preflight',
  'rehearse',
  'checks',
  'demo',
] as const satisfies readonly (keyof typeof flagsOf)[];
