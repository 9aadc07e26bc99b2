import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { EnvironmentError, messageOf } from './errors.ts';

export interface Target {
  /** Kubeconfig file. Default: KUBECONFIG, `~/.kube/config`, the service account of the pod that this runs in. */
  readonly kubeconfig?: string | undefined;
  /** Default: the kubeconfig's current context. */
  readonly context?: string | undefined;
  /** Default: the context's namespace, then `default`. */
  readonly namespace?: string | undefined;
}

const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

type Origin =
  | { readonly kind: 'files'; readonly files: readonly [string, ...string[]] }
  | { readonly kind: 'service-account' };

/**
 * Reads the configuration that kubectl would read, and selects the context.
 * @throws EnvironmentError `no-configuration`, `bad-configuration` or `unknown-context`
 */
export async function loadConfiguration(target: Target): Promise<KubeConfig> {
  const origin = locate(target.kubeconfig);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const configuration = new KubeConfig();
  if (origin.kind === 'service-account') {
    configuration.loadFromCluster();
    return configuration;
  }
  const [first, ...others] = origin.files;
  readInto(configuration, first);
  for (const file of others) {
    const further = new KubeConfig();
    readInto(further, file);
    // As in kubectl, the first file that sets a value wins.
    further.clusters = further.clusters.filter(({ name }) => configuration.getCluster(name) === null);
    further.users = further.users.filter(({ name }) => configuration.getUser(name) === null);
    further.contexts = further.contexts.filter(({ name }) => configuration.getContextObject(name) === null);
    configuration.mergeConfig(further, Boolean(configuration.currentContext));
  }
  selectContext(configuration, target.context, origin.files.join(path.delimiter));
  return configuration;
}

function locate(kubeconfig: string | undefined): Origin {
  if (kubeconfig !== undefined) return { kind: 'files', files: [kubeconfig] };
  const named = process.env['KUBECONFIG'] ?? '';
  if (named !== '') {
    const [first, ...others] = named.split(path.delimiter).filter((file) => file !== '' && existsSync(file));
    if (first !== undefined) return { kind: 'files', files: [first, ...others] };
    throw new EnvironmentError(
      'no-configuration',
      `KUBECONFIG is set to ${named}, but no such file exists. Correct it, or unset it and pass --kubeconfig FILE.`,
    );
  }
  const usual = path.join(homedir(), '.kube', 'config');
  if (existsSync(usual)) return { kind: 'files', files: [usual] };
  if (existsSync(serviceAccountToken)) return { kind: 'service-account' };
  throw new EnvironmentError(
    'no-configuration',
    'No Kubernetes configuration was found: --kubeconfig and KUBECONFIG are not set, ' +
      `${usual} does not exist, and this is not a pod with a service account. ` +
      'Pass --kubeconfig FILE, or use --embedded to try the suite without a cluster.',
  );
}

function readInto(configuration: KubeConfig, file: string): void {
  try {
    configuration.loadFromFile(file);
  } catch (error) {
    throw new EnvironmentError(
      'bad-configuration',
      `Cannot read the kubeconfig ${file}: ${reasonOf(error)}. Check it with: kubectl --kubeconfig ${file} config view`,
      { cause: error },
    );
  }
}

/** The first line only: a YAML error goes on to quote the file, and a kubeconfig holds credentials. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is empty, or no kubeconfig';
  return messageOf(error).split('\n')[0] ?? '';
}

function selectContext(configuration: KubeConfig, wanted: string | undefined, files: string): void {
  const names = configuration.contexts.map(({ name }) => name);
  const list = names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
  const context = wanted ?? configuration.currentContext;
  if (context === undefined || context === null || context === '') {
    throw new EnvironmentError(
      'unknown-context',
      `The kubeconfig ${files} has no current context. Pass --context NAME. ${list}`,
    );
  }
  if (!names.includes(context)) {
    const source = wanted === undefined ? 'the current context' : 'the context';
    throw new EnvironmentError(
      'unknown-context',
      `${source[0]?.toUpperCase()}${source.slice(1)} ${context} is not in the kubeconfig ${files}. ${list}`,
    );
  }
  configuration.setCurrentContext(context);
  if (configuration.getCurrentCluster() === null) {
    throw new EnvironmentError(
      'bad-configuration',
      `The context ${context} of the kubeconfig ${files} names the cluster ` +
        `${configuration.getContextObject(context)?.cluster}, which the file does not define.`,
    );
  }
}
