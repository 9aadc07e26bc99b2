import type { Container, LimitRange, PodSpec } from '../../helpers/topology/objects.ts';

type Amounts = Readonly<Record<string, string>>;

/**
 * A pod as the API server makes it: a limit without a request is the request, and what is then still left open, the
 * namespace's limit ranges fill in. Source: Kubernetes, "Limit Ranges".
 */
export function admitted(pod: PodSpec, ranges: readonly LimitRange[]): PodSpec {
  const all = (containers: readonly Container[]) =>
    containers.map((container) => ranges.reduce(fill, ownOf(container)));
  return {
    ...pod,
    containers: all(pod.containers),
    ...(pod.initContainers !== undefined && { initContainers: all(pod.initContainers) }),
  };
}

function ownOf(container: Container): Container {
  const { limits = {}, requests = {} } = container.resources ?? {};
  return { ...container, resources: { limits, requests: { ...limits, ...requests } } };
}

function fill(container: Container, { spec }: LimitRange): Container {
  const { limits = {}, requests = {} } = container.resources ?? {};
  return spec.limits
    .filter(({ type }) => type === 'Container')
    .reduce<Container>(
      (filled, { default: limit, defaultRequest, min, max }) => {
        // As the API server writes them into the range where it leaves them out.
        const ownLimits: Amounts = { ...max, ...limit };
        const ownRequests: Amounts = { ...min, ...ownLimits, ...defaultRequest };
        return {
          ...filled,
          resources: {
            limits: { ...ownLimits, ...filled.resources?.limits },
            requests: { ...ownRequests, ...filled.resources?.requests },
          },
        };
      },
      { ...container, resources: { limits, requests } },
    );
}
