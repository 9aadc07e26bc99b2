import type { Container } from './objects.ts';
import { type Component, type ComponentRole, componentRoles, type Workload } from './model.ts';
import { wordsOf } from './command-line.ts';

/**
 * The Milvus role that a workload runs, or undefined when it is no Milvus component.
 *
 * `milvus run ROLE` in a container's command line decides. Where the command is hidden (an image with its own entry
 * point), the label `component` or `app.kubernetes.io/component` does, but only on a container that is Milvus by its
 * image or its mounts: Pulsar labels its proxy `component=proxy` too.
 */
export function componentOf(workload: Workload): Component | undefined {
  const { containers } = workload.template;
  for (const container of containers) {
    const role = roleOfCommand(container);
    if (role !== undefined) return component(role, workload, container);
  }
  const role = roleOf(
    workload.templateLabels['app.kubernetes.io/component'] ?? workload.templateLabels['component'],
  );
  const container = containers.find(isMilvus);
  return role === undefined || container === undefined ? undefined : component(role, workload, container);
}

function component(role: ComponentRole, workload: Workload, container: Container): Component {
  return { role, workload, container, image: container.image ?? '' };
}

function roleOfCommand(container: Container): ComponentRole | undefined {
  const words = wordsOf(container);
  const run = words.findIndex(
    (word, at) => /(^|\/)milvus$/.test(word) && words[at + 1] === 'run' && words[at + 2] !== undefined,
  );
  return run === -1 ? undefined : roleOf(words[run + 2]);
}

function roleOf(word: string | undefined): ComponentRole | undefined {
  if (word === 'mixture') return 'mixcoord';
  if (word === 'embedded') return 'standalone';
  return componentRoles.find((role) => role === word);
}

function isMilvus({ image = '', volumeMounts = [] }: Container): boolean {
  return (
    /(^|\/)milvus([:@]|$)/.test(image) ||
    volumeMounts.some(({ mountPath }) => mountPath.startsWith('/milvus/configs'))
  );
}
