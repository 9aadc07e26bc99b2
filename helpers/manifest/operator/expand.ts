import { stringify } from 'yaml';
import { isRecord } from '../../topology/environment.ts';
import type { ManifestObject } from '../../topology/manifest-objects.ts';
import type { ManifestFacts } from '../../topology/observation.ts';
import { imageOfAll, madeComponents } from './components.ts';
import { madeKafka, madePulsar } from './logs.ts';
import { made, type Origin } from './make.ts';
import { member, recordAt, textAt } from './settings.ts';
import { madeEtcd, madeObjectStorage, type MadeStore } from './stores.ts';

const modes = ['standalone', 'cluster'] as const;
const logs = ['woodpecker', 'kafka', 'pulsar', 'rocksmq', 'natsmq', 'custom'] as const;
type Log = (typeof logs)[number];

/** What the operator makes of one `Milvus` resource, and what of it the resource does not decide. */
export interface Expanded {
  readonly objects: readonly ManifestObject[];
  readonly unclear: ManifestFacts['unclear'];
}

/**
 * The objects that milvus-operator 1.3 makes of a `Milvus` resource, as far as what is durable, what runs and what it
 * is configured to use goes. They stand where the resource stands.
 * Source: milvus-operator 1.3 and the charts that it installs (etcd 8, minio 8, kafka 15, pulsar).
 */
export function expandMilvus(resource: ManifestObject): Expanded {
  const origin: Origin = resource;
  const spec = recordAt(resource.object, 'spec');
  const dependencies = recordAt(spec, 'dependencies');
  const unclear: { state: 'unknown' | 'refused'; detail: string }[] = [];
  const mode = known(textAt(spec, 'mode') ?? 'standalone', modes, 'spec.mode', unclear) ?? 'standalone';
  const image = imageOfAll(spec);
  const [, major, minor] = /:v?(\d+)\.(\d+)/.exec(image) ?? [];
  if (major === undefined) {
    unclear.push({
      state: 'unknown',
      detail: `spec.components.image is ${textAt(spec, 'components.image') ?? 'not set'}: which version of Milvus, and so which components, the operator's own release decides. Judged as 2.6.`,
    });
  }
  const streams = major === undefined || Number(major) > 2 || Number(minor) >= 6;
  const log = logOf(spec, mode, streams, unclear);
  const stores: readonly MadeStore[] = [
    madeEtcd(origin, dependencies, mode),
    madeObjectStorage(origin, dependencies, mode),
    ...(log === 'kafka' ? [madeKafka(origin, dependencies)] : []),
    ...(log === 'pulsar' ? [madePulsar(origin, dependencies)] : []),
  ];
  const data =
    log === 'woodpecker' || log === 'rocksmq' || log === 'natsmq'
      ? dataOf(origin, log, dependencies)
      : undefined;
  if (log === 'pulsar' && member(dependencies, 'pulsar.external') !== true) {
    unclear.push({
      state: 'unknown',
      detail:
        'spec.dependencies.pulsar is in the cluster: names and sizes of its claims are those of the chart that the operator brings along.',
    });
  }
  const settings = [
    recordAt(spec, 'config'),
    ...stores.map((store) => store.settings),
    log === undefined ? {} : { mq: { type: log }, messageQueue: log },
  ].reduce(merge, {});
  return {
    objects: [
      made(origin, 'ConfigMap', origin.name, { data: { 'user.yaml': stringify(settings) } }),
      ...madeComponents(origin, spec, { mode, streams, data: data?.volume }),
      ...(data?.claim ?? []),
      ...stores.flatMap(({ objects }) => objects),
    ],
    unclear: unclear.map((each) => ({ kind: resource.kind, name: resource.name, ...each })),
  };
}

function known<T extends string>(
  value: string,
  accepted: readonly T[],
  at: string,
  unclear: { state: 'unknown' | 'refused'; detail: string }[],
): T | undefined {
  const found = accepted.find((candidate) => candidate === value);
  if (found === undefined) {
    unclear.push({
      state: 'refused',
      detail: `${at} is "${value}"; the operator knows ${accepted.join(', ')}.`,
    });
  }
  return found;
}

function logOf(
  spec: Readonly<Record<string, unknown>>,
  mode: 'cluster' | 'standalone',
  streams: boolean,
  unclear: { state: 'unknown' | 'refused'; detail: string }[],
): Exclude<Log, 'custom'> | undefined {
  const at = 'spec.dependencies.msgStreamType';
  const named = textAt(spec, 'dependencies.msgStreamType');
  if (named === undefined) {
    const chosen = mode === 'standalone' ? 'rocksmq' : streams ? 'woodpecker' : 'pulsar';
    unclear.push({
      state: 'unknown',
      detail: `${at} is not set: which log is used, the operator's own release decides. Judged as ${chosen}.`,
    });
    return chosen;
  }
  const log = known(named, logs, at, unclear);
  if (log !== 'custom') return log;
  unclear.push({
    state: 'unknown',
    detail: `${at} is custom: which log is used stands in spec.config only.`,
  });
  return undefined;
}

/** The volume at /var/lib/milvus of every Milvus pod: one claim for all of them where persistence is on. */
function dataOf(
  origin: Origin,
  log: string,
  dependencies: Readonly<Record<string, unknown>>,
): { readonly volume: unknown; readonly claim: readonly ManifestObject[] } {
  const wanted = recordAt(dependencies, `${log}.persistence`);
  if (member(wanted, 'enabled') !== true) return { volume: { name: 'milvus-data', emptyDir: {} }, claim: [] };
  const existing = textAt(wanted, 'persistentVolumeClaim.existingClaim');
  const claimName = existing ?? `${origin.name}-data`;
  const spec = recordAt(wanted, 'persistentVolumeClaim.spec');
  const defaults = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } };
  return {
    volume: { name: 'milvus-data', persistentVolumeClaim: { claimName } },
    claim:
      existing === undefined
        ? [made(origin, 'PersistentVolumeClaim', claimName, { spec: { ...defaults, ...spec } })]
        : [],
  };
}

function merge(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}
