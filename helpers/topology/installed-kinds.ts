/** Kinds that charts and the operator render, as the API reaches them. Secrets are never read, only created. */
export const installedKinds: Readonly<
  Record<
    string,
    { readonly group: string; readonly version: string; readonly resource: string; readonly listed: boolean }
  >
> = {
  ConfigMap: { group: '', version: 'v1', resource: 'configmaps', listed: true },
  Service: { group: '', version: 'v1', resource: 'services', listed: true },
  PersistentVolumeClaim: { group: '', version: 'v1', resource: 'persistentvolumeclaims', listed: false },
  Secret: { group: '', version: 'v1', resource: 'secrets', listed: false },
  ServiceAccount: { group: '', version: 'v1', resource: 'serviceaccounts', listed: false },
  Deployment: { group: 'apps', version: 'v1', resource: 'deployments', listed: true },
  StatefulSet: { group: 'apps', version: 'v1', resource: 'statefulsets', listed: true },
  Job: { group: 'batch', version: 'v1', resource: 'jobs', listed: true },
  PodDisruptionBudget: { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets', listed: false },
  Role: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'roles', listed: false },
  RoleBinding: { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings', listed: false },
  Milvus: { group: 'milvus.io', version: 'v1beta1', resource: 'milvuses', listed: true },
};
