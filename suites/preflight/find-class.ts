import type { StorageClass } from '../../helpers/topology/objects.ts';

/** The class of this name; the default one where none is named. */
export function findClass(name: string | undefined, all: readonly StorageClass[]): StorageClass | undefined {
  if (name !== undefined) return all.find(({ metadata }) => metadata.name === name);
  return all.find(
    ({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
  );
}
