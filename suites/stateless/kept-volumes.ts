import type { Evidence } from '../../helpers/engine/context.ts';
import { classify } from '../../helpers/topology/backing.ts';
import type { Backing, Component } from '../../helpers/topology/model.ts';
import type { Volume } from '../../helpers/topology/objects.ts';
import { textOf } from '../../helpers/topology/settings.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { inconclusive, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';

/** Where Milvus writes its own log files, unless `log.file.rootPath` says otherwise. */
const defaultLogFolder = '/milvus/logs';

/** A volume that a component can write, with every path at which one of its containers mounts it. */
export interface WritableVolume {
  readonly name: string;
  readonly backing: Backing;
  readonly paths: readonly string[];
  /** Paths among them that are not the folder of log files. */
  readonly dataPaths: readonly string[];
}

/** Volumes that the containers of a component mount for writing. */
export function writableVolumes({ workload }: Component, { topology }: Evidence): readonly WritableVolume[] {
  const logFolder = textOf(topology.configuration, 'log.file.rootPath') ?? defaultLogFolder;
  const containers = [...workload.template.containers, ...(workload.template.initContainers ?? [])];
  const mounts = containers.flatMap(({ volumeMounts = [] }) =>
    volumeMounts.filter((mount) => mount.readOnly !== true),
  );
  return [...Map.groupBy(mounts, ({ name }) => name)].map(([name, group]) => {
    const paths = [...new Set(group.map(({ mountPath }) => mountPath))];
    return {
      name,
      backing: backingOfVolume(name, paths[0] ?? '', workload),
      paths,
      dataPaths: paths.filter((path) => !isBelow(path, logFolder) && !isBelow(path, defaultLogFolder)),
    };
  });
}

function backingOfVolume(
  name: string,
  mountPath: string,
  { claimTemplates, template }: Component['workload'],
): Backing {
  const place = { volumeName: name, mountPath };
  if (claimTemplates.some((claim) => claim.name === name)) return { kind: 'claim', ...place };
  const volume: Volume | undefined = template.volumes?.find((each) => each.name === name);
  return volume === undefined ? { kind: 'other', ...place, source: 'undeclared' } : classify(volume, place);
}

function isBelow(path: string, folder: string): boolean {
  return `${path}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Whether a volume serves both: it holds log files, and is mounted over another path as well. */
export function isMixed({ paths, dataPaths }: WritableVolume): boolean {
  return dataPaths.length > 0 && dataPaths.length < paths.length;
}

/** A judge over the components that must be stateless; standalone is exempt, with the reason. */
export function overComponents(
  evidence: Evidence,
  judge: (component: Component) => Finding,
): readonly Finding[] {
  const { components, instance } = evidence.topology;
  if (components.length === 0) {
    return [
      inconclusive(instanceSubject(instance), 'No Milvus component was found.', 'At least one component.'),
    ];
  }
  return components.map((component) =>
    component.role === 'standalone'
      ? skipped(
          workloadSubject(component.workload),
          'Standalone is one process with its own disk: it may keep a claim.',
        )
      : judge(component),
  );
}
