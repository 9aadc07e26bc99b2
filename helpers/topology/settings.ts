import type { Configuration } from './model.ts';
import { isRecord } from './environment.ts';

/**
 * Milvus' own view of a key: case, dots, underscores and slashes do not count, so `MINIO_ADDRESS` in the environment
 * is `minio.address` in a file (milvus `pkg/config`, `formatKey`).
 */
export function formatKey(key: string): string {
  return key.toLowerCase().replaceAll(/[._/]/g, '');
}

/** A setting's value as Milvus would find it, by a path such as `etcd.endpoints`; undefined when nothing sets it. */
export function settingOf({ values }: Pick<Configuration, 'values'>, path: string): unknown {
  const wanted = formatKey(path);
  let found: unknown;
  const walk = (value: unknown, key: string): void => {
    if (key === wanted) found = value;
    if (isRecord(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, key + formatKey(name));
  };
  walk(values, '');
  return found;
}

/** A setting as text: a number or a boolean too; undefined when unset or empty. */
export function textOf(configuration: Pick<Configuration, 'values'>, path: string): string | undefined {
  const value = settingOf(configuration, path);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A setting as a list: of a YAML list, or of text with commas. */
export function listOf(configuration: Pick<Configuration, 'values'>, path: string): readonly string[] {
  const value = settingOf(configuration, path);
  const items = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
