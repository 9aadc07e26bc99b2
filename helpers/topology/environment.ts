import type { ConfigMap, Container, EnvironmentVariable } from './objects.ts';

/**
 * A container's environment as far as it can be read without secrets: `envFrom` ConfigMaps, then `env`, later wins;
 * `$(NAME)` of earlier variables is replaced as the kubelet does.
 */
export function environmentOf(
  container: Container,
  configMaps: readonly ConfigMap[],
): Readonly<Record<string, string>> {
  const dataOf = (name: string | undefined) =>
    configMaps.find(({ metadata }) => metadata.name === name)?.data ?? {};
  const environment: Record<string, string> = {};
  for (const { prefix = '', configMapRef } of container.envFrom ?? []) {
    for (const [key, value] of Object.entries(dataOf(configMapRef?.name))) environment[prefix + key] = value;
  }
  for (const variable of container.env ?? []) {
    const reference = configMapKeyOf(variable);
    const value = variable.value ?? (reference && dataOf(reference.name)[reference.key]);
    if (value !== undefined) {
      environment[variable.name] = value.replaceAll(
        /\$\((\w+)\)/g,
        (all, name: string) => environment[name] ?? all,
      );
    }
  }
  return environment;
}

function configMapKeyOf({ valueFrom }: EnvironmentVariable): { name: string; key: string } | undefined {
  if (!isRecord(valueFrom) || !isRecord(valueFrom['configMapKeyRef'])) return undefined;
  const { name, key } = valueFrom['configMapKeyRef'];
  return typeof name === 'string' && typeof key === 'string' ? { name, key } : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
