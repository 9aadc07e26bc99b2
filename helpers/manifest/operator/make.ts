import type { ManifestObject } from '../../topology/manifest-objects.ts';
import { member, textAt } from './settings.ts';

/** Where what the operator makes comes from: a resource's name and namespace, and its place in the file. */
export interface Origin {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly place: string;
}

/** One object as the operator, or the chart that it installs, would make it. */
export function made(
  origin: Origin,
  kind: string,
  name: string,
  rest: Readonly<Record<string, unknown>>,
): ManifestObject {
  const { labels, ...others } = rest;
  return {
    kind,
    name,
    namespace: origin.namespace,
    place: origin.place,
    object: { kind, metadata: { name, ...(labels === undefined ? {} : { labels }) }, ...others },
  };
}

interface Server {
  readonly origin: Origin;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly replicas: number;
  readonly container: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly unknown[];
  /** Claim templates; the volumes of the same names are mounted by the container. */
  readonly claims?: readonly unknown[];
}

/** A StatefulSet with its Service and headless Service. */
export function server({
  origin,
  name,
  labels,
  replicas,
  container,
  volumes,
  claims,
}: Server): readonly ManifestObject[] {
  const service = (suffix: string, spec: Readonly<Record<string, unknown>>) =>
    made(origin, 'Service', `${name}${suffix}`, { spec: { selector: labels, ...spec } });
  return [
    made(origin, 'StatefulSet', name, {
      labels,
      spec: {
        replicas,
        serviceName: `${name}-headless`,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [container], ...(volumes !== undefined && { volumes }) },
        },
        ...(claims !== undefined && { volumeClaimTemplates: claims }),
      },
    }),
    service('', {}),
    service('-headless', { clusterIP: 'None' }),
  ];
}

/** What the `persistence` of a chart's values asks for. */
export interface Persistence {
  readonly enabled: boolean;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Every chart that the operator installs has persistence on unless its values say otherwise. */
export function persistence(values: unknown, path: string, size: string): Persistence {
  const storageClassName = textAt(values, `${path}.storageClass`);
  return {
    enabled: member(values, `${path}.enabled`) !== false,
    spec: {
      accessModes: [textAt(values, `${path}.accessMode`) ?? 'ReadWriteOnce'],
      resources: { requests: { storage: textAt(values, `${path}.size`) ?? size } },
      ...(storageClassName !== undefined && {
        storageClassName: storageClassName === '-' ? '' : storageClassName,
      }),
    },
  };
}

/** The volume `name`: a claim template where persistence is on, else an emptyDir, as the charts do. */
export function dataVolume(name: string, { enabled, spec }: Persistence): Pick<Server, 'volumes' | 'claims'> {
  return enabled ? { claims: [{ metadata: { name }, spec }] } : { volumes: [{ name, emptyDir: {} }] };
}

/** `image` of a chart's values, over the chart's own. */
export function imageOf(values: unknown, repository: string): string {
  const tag = textAt(values, 'image.tag');
  const name = textAt(values, 'image.repository') ?? repository;
  return tag === undefined ? name : `${name}:${tag}`;
}
