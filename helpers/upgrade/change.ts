import { parseCommandString } from 'execa';
import type { DeploymentFacts } from './snapshot-deployment.ts';

/** A command, and what it is for, as it is shown before it runs. */
export interface Command {
  readonly program: 'kubectl' | 'helm';
  readonly args: readonly string[];
}

/** How the change is made. */
export type ChangeAsked =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'manifest'; readonly file: string }
  | { readonly kind: 'helm'; readonly words: readonly string[] };

/** How the cluster is reached by the commands. */
export interface Reached {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string;
}

/**
 * Roles in the order in which they are changed, as the operator does it: within 2.6, and to 2.6, coordinators first
 * and proxies last.
 */
const order: readonly string[] = [
  'rootcoord',
  'mixcoord',
  'datacoord',
  'indexcoord',
  'querycoord',
  'streamingnode',
  'querynode',
  'datanode',
  'indexnode',
  'standalone',
  'proxy',
];

type Deployment = Pick<DeploymentFacts, 'components' | 'managedBy'> & { readonly instance: string };

/** The commands that make the change. */
export function changeCommands(
  asked: ChangeAsked,
  deployment: Deployment,
  reached: Reached,
  timeoutMs: number,
): readonly Command[] {
  switch (asked.kind) {
    case 'image':
      return deployment.managedBy === 'operator'
        ? [imageOfResource(deployment.instance, asked.image, reached)]
        : setImages(inOrder(deployment.components), () => asked.image, reached, timeoutMs);
    case 'manifest':
      return [kubectl(reached, 'apply', `--filename=${asked.file}`)];
    case 'helm':
      return [helm(reached, asked.words)];
  }
}

/** The commands that take the change back; `saved` holds the objects as they were, where a manifest was applied. */
export function backCommands(
  asked: ChangeAsked,
  before: Deployment,
  reached: Reached,
  timeoutMs: number,
  saved: string,
): readonly Command[] {
  switch (asked.kind) {
    case 'image': {
      const [image] = before.components.filter(({ replicas }) => replicas > 0).map((each) => each.image);
      return before.managedBy === 'operator'
        ? [imageOfResource(before.instance, image ?? '', reached)]
        : setImages(
            inOrder(before.components).toReversed(),
            (component) => component.image,
            reached,
            timeoutMs,
          );
    }
    case 'manifest':
      return [kubectl(reached, 'apply', `--filename=${saved}`)];
    case 'helm':
      return [helm(reached, ['rollback', releaseOf(asked.words) ?? before.instance, '--wait'])];
  }
}

/** Prints the objects of a manifest as they are in the cluster. */
export function getCommand(file: string, reached: Reached): Command {
  return kubectl(reached, 'get', `--filename=${file}`, '--ignore-not-found', '--output=json');
}

/** What is typed to do the same by hand. */
export function commandText({ program, args }: Command): string {
  const words = args.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return [program, ...words].join(' ');
}

/** What `--helm` was given, as words. */
export function helmWords(text: string): readonly string[] {
  const words = parseCommandString(text);
  return words[0] === 'helm' ? words.slice(1) : words;
}

type Component = DeploymentFacts['components'][number];

function inOrder(components: readonly Component[]): readonly Component[] {
  const rank = ({ role }: Component) => order.indexOf(role);
  return components.filter(({ replicas }) => replicas > 0).toSorted((one, other) => rank(one) - rank(other));
}

/** One workload after the other, each until it has rolled out. */
function setImages(
  components: readonly Component[],
  imageOf: (component: Component) => string,
  reached: Reached,
  timeoutMs: number,
): readonly Command[] {
  return components.flatMap((component) => [
    kubectl(reached, 'set', 'image', component.workload, `${component.container}=${imageOf(component)}`),
    kubectl(reached, 'rollout', 'status', component.workload, `--timeout=${Math.ceil(timeoutMs / 1000)}s`),
  ]);
}

function imageOfResource(instance: string, image: string, reached: Reached): Command {
  const patch = JSON.stringify({ spec: { components: { image } } });
  return kubectl(reached, 'patch', `milvuses.milvus.io/${instance}`, '--type=merge', `--patch=${patch}`);
}

function kubectl({ kubeconfig, context, namespace }: Reached, ...args: readonly string[]): Command {
  return {
    program: 'kubectl',
    args: [
      ...args,
      `--namespace=${namespace}`,
      ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
      ...(context === undefined ? [] : [`--context=${context}`]),
    ],
  };
}

function helm({ kubeconfig, context, namespace }: Reached, words: readonly string[]): Command {
  const names = (flag: string, short: string) =>
    words.some((word) => word === short || word.startsWith(flag));
  return {
    program: 'helm',
    args: [
      ...words,
      ...(names('--namespace', '-n') ? [] : [`--namespace=${namespace}`]),
      ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
      ...(context === undefined ? [] : [`--kube-context=${context}`]),
    ],
  };
}

/** `my-release` of `upgrade my-release zilliztech/milvus …`. */
function releaseOf(words: readonly string[]): string | undefined {
  const [release] = words.slice(1).filter((word) => !word.startsWith('-'));
  return release;
}
