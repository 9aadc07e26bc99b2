import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { ComponentRole } from '../../helpers/topology/model.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { milvusServer } from './milvus-server.ts';
import { isAtLeast, releaseOf } from './version.ts';

interface Parts {
  /** Of each group one set must be there completely. */
  readonly needed: readonly (readonly (readonly ComponentRole[])[])[];
  readonly unwanted: readonly ComponentRole[];
}

const coordinators = [['mixcoord'], ['rootcoord', 'querycoord', 'datacoord']] as const;

export default suite('HLT', {
  'HLT-120': (evidence) =>
    milvusServer(evidence, (server, subject) => {
      const { version } = evidence.topology.instance;
      const deployed = releaseOf(version ?? '');
      const running = releaseOf(server.version);
      if (version === undefined || deployed === undefined) {
        return skipped(subject, `The image’s tag is no version; Milvus says ${server.version}.`);
      }
      const observed = `The image is ${version}, Milvus says ${server.version}.`;
      if (running === undefined) return inconclusive(subject, observed, 'A version that can be compared.');
      if (running.every((number, at) => number === deployed[at])) return pass(subject, observed);
      return fail(subject, {
        observed,
        expected: `GetVersion answers ${version}.`,
        evidence: [{ at: 'Milvus API GetVersion', text: server.version }],
      });
    }),

  'HLT-130': (evidence) => {
    const { components, instance } = evidence.topology;
    const subject = instanceSubject(instance);
    const version = versionOf(evidence);
    const release = releaseOf(version ?? '');
    if (release === undefined)
      return [skipped(subject, 'The image’s tag is no version, and Milvus was not asked.')];
    const { needed, unwanted } = partsOf(release, instance.mode);
    const present = new Set(components.map(({ role }) => role));
    const lacking = needed.filter((ways) => !ways.some((roles) => roles.every((role) => present.has(role))));
    const leftOver = components.filter(
      ({ role, workload }) => unwanted.includes(role) && workload.replicas > 0,
    );
    if (lacking.length === 0 && leftOver.length === 0) {
      return [pass(subject, `${[...present].join(', ')}: as ${version} needs them.`)];
    }
    return [
      ...lacking.map((ways) =>
        fail(subject, {
          observed: `Milvus ${version} has no ${ways.map((roles) => roles.join(' + ')).join(' or ')}.`,
          expected: `It needs one: without it ${version} does not work.`,
        }),
      ),
      ...leftOver.map(({ role, workload }) =>
        fail(workloadSubject(workload), {
          observed: `Beside Milvus ${version} runs ${role}, with ${replicasText(workload)}.`,
          expected: `No ${role}: ${version} has none.`,
        }),
      ),
    ];
  },
});

function replicasText({ replicas }: { readonly replicas: number }): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}

function versionOf({ topology, observation }: Evidence): string | undefined {
  const answer = observation.endpoints?.milvus;
  return topology.instance.version ?? (answer?.state === 'answered' ? answer.value.version : undefined);
}

function partsOf(release: readonly [number, number, number], mode: 'cluster' | 'standalone'): Parts {
  if (mode === 'standalone') return { needed: [[['standalone']]], unwanted: [] };
  const common = [[['proxy']], coordinators, [['querynode']], [['datanode']]] as const;
  return isAtLeast(release, [2, 6])
    ? { needed: [...common, [['streamingnode']]], unwanted: ['indexnode', 'indexcoord', 'standalone'] }
    : {
        needed: [...common, [['indexnode']]],
        unwanted: isAtLeast(release, [2, 5]) ? ['standalone'] : ['standalone', 'streamingnode'],
      };
}
