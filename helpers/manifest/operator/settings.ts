import { isRecord } from '../../topology/environment.ts';

/** A member of a resource by its path (`dependencies.etcd.inCluster.values`), or undefined on the way. */
export function member(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

export function recordAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const found = member(value, path);
  return isRecord(found) ? found : {};
}

export function textAt(value: unknown, path: string): string | undefined {
  const found = member(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function numberAt(value: unknown, path: string): number | undefined {
  const found = member(value, path);
  return typeof found === 'number' ? found : undefined;
}

export function textsAt(value: unknown, path: string): readonly string[] {
  const found = member(value, path);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}
