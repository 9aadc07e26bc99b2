import { isRecord } from './environment.ts';
import { kinds, type ObjectsByKind } from './observation.ts';

type Check = (object: Record<string, unknown>) => string | undefined;

/**
 * What an object lacks of the fields that the topology rests on, or undefined when it has them. Not a validation of
 * the Kubernetes schema: an API server does that.
 */
export function shapeProblem(kind: string, object: Record<string, unknown>): string | undefined {
  return checks[kind]?.(object);
}

/** Whether these are lists of objects by kind, each with the fields that the topology rests on. */
export function isObjectsByKind(
  objects: Record<string, unknown>,
): objects is Record<string, unknown> & ObjectsByKind {
  return kinds.every((kind) => {
    const list = objects[kind];
    return (
      Array.isArray(list) && list.every((item) => isRecord(item) && shapeProblem(kind, item) === undefined)
    );
  });
}

const checks: Readonly<Record<string, Check>> = {
  Deployment: workload,
  StatefulSet: workload,
  Pod: ({ spec }) => podSpec(spec, 'spec'),
  Service: specified,
  PersistentVolumeClaim: specified,
  PersistentVolume: specified,
  ConfigMap: ({ data }) => {
    if (data === undefined) return undefined;
    if (!isRecord(data)) return 'data is not a map of texts';
    const key = Object.keys(data).find((name) => typeof data[name] !== 'string');
    return key === undefined ? undefined : `data.${key} is not text: put it in quotes`;
  },
};

function workload({ spec }: Record<string, unknown>): string | undefined {
  if (!isRecord(spec)) return 'spec is missing';
  if (!isRecord(spec['selector'])) return 'spec.selector is missing';
  if (!isRecord(spec['template'])) return 'spec.template is missing';
  if (spec['replicas'] !== undefined && typeof spec['replicas'] !== 'number')
    return 'spec.replicas is not a number';
  return (
    podSpec(spec['template']['spec'], 'spec.template.spec') ?? claimTemplates(spec['volumeClaimTemplates'])
  );
}

function podSpec(spec: unknown, at: string): string | undefined {
  if (!isRecord(spec)) return `${at} is missing`;
  for (const list of ['containers', 'initContainers', 'volumes']) {
    const entries = spec[list];
    if (entries === undefined && list !== 'containers') continue;
    if (!Array.isArray(entries)) return `${at}.${list} is not a list`;
    const bad = entries.findIndex((entry: unknown) => !isRecord(entry) || typeof entry['name'] !== 'string');
    if (bad !== -1) return `${at}.${list}[${bad}] has no name`;
    const texts = entries.findIndex(
      (entry: unknown) => isRecord(entry) && !(isTexts(entry['command']) && isTexts(entry['args'])),
    );
    if (texts !== -1) return `${at}.${list}[${texts}]: command and args must be lists of texts`;
  }
  return undefined;
}

function claimTemplates(templates: unknown): string | undefined {
  if (templates === undefined) return undefined;
  if (!Array.isArray(templates)) return 'spec.volumeClaimTemplates is not a list';
  const bad = templates.findIndex(
    (entry: unknown) => !isRecord(entry) || !isRecord(entry['metadata']) || !isRecord(entry['spec']),
  );
  return bad === -1 ? undefined : `spec.volumeClaimTemplates[${bad}] has no metadata or no spec`;
}

function isTexts(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function specified({ spec }: Record<string, unknown>): string | undefined {
  return isRecord(spec) ? undefined : 'spec is missing';
}
