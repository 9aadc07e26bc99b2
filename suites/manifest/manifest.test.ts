import { suite } from '../../helpers/engine/suite.ts';
import { expectedClaimsOf } from '../../helpers/topology/claims.ts';
import { fail, inconclusive, pass, warn } from '../../helpers/verdict/outcomes.ts';
import {
  claimSubject,
  instanceSubject,
  subjectKey,
  workloadSubject,
} from '../../helpers/verdict/subjects.ts';
import { unusedLogs } from './unused-logs.ts';

export default suite('MAN', {
  'MAN-010': ({ topology, observation }) => {
    const others = observation.manifest?.elsewhere ?? [];
    const expected = `Every object in namespace ${observation.namespace}, or without one.`;
    if (others.length === 0) {
      const subject = instanceSubject(topology.instance);
      return [pass(subject, `Every object goes into namespace ${observation.namespace}.`)];
    }
    return others.map(({ kind, name, namespace, place }) =>
      warn(
        { kind, name },
        {
          observed: `It goes into namespace ${namespace}; Milvus goes into ${observation.namespace}.`,
          expected,
          evidence: [{ at: place, text: `metadata.namespace: ${namespace}` }],
        },
      ),
    );
  },

  'MAN-020': ({ topology, observation }) => {
    const { instance, logType } = topology;
    const unused = unusedLogs(topology, observation.objects);
    if (unused.length === 0) {
      return [pass(instanceSubject(instance), `Only ${logType ?? 'the log that is used'} is installed.`)];
    }
    return unused.map(({ workload, product }) =>
      warn(workloadSubject(workload), {
        observed: `It belongs to ${product}, with ${workload.replicas} replicas; Milvus writes to ${logType ?? 'a log that is not known'}.`,
        expected: 'No log besides the one that is configured.',
      }),
    );
  },

  'MAN-030': ({ topology, observation }) => {
    const repeated = observation.manifest?.repeated ?? [];
    if (repeated.length === 0)
      return [pass(instanceSubject(topology.instance), 'Every object stands there once.')];
    return repeated.map(({ kind, name, places }) =>
      warn(
        { kind, name },
        {
          observed: `It stands there ${places.length} times: ${shortList(places)}. The last one counts.`,
          expected: 'Once.',
        },
      ),
    );
  },

  'MAN-040': ({ topology, observation }) => {
    const declared = new Map(
      observation.objects.PersistentVolumeClaim.map((claim) => [claim.metadata.name, claim]),
    );
    const workloads = [...new Set(topology.expectedClaims.map(({ workload }) => workload))];
    const lacking = workloads.flatMap((workload) =>
      expectedClaimsOf(workload, declared).filter(
        ({ template, claim }) => template === undefined && claim === undefined && workload.replicas > 0,
      ),
    );
    if (lacking.length === 0) {
      return [
        pass(instanceSubject(topology.instance), 'Every claim that a pod mounts is made by the manifest.'),
      ];
    }
    return lacking.map(({ name, workload, volumeName }) => {
      const user = subjectKey(workloadSubject(workload));
      return warn(claimSubject(name), {
        observed: `${user} mounts it by name, and nothing in the manifest makes it.`,
        expected: 'A PersistentVolumeClaim of that name, or a claim template.',
        evidence: [{ at: `${user} volume ${volumeName}`, text: `persistentVolumeClaim ${name}` }],
      });
    });
  },

  'MAN-050': ({ topology, observation }) => {
    const unclear = observation.manifest?.unclear ?? [];
    const resources = observation.objects.Milvus;
    if (unclear.length > 0) {
      return unclear.map(({ kind, name, state, detail }) =>
        state === 'refused'
          ? fail({ kind, name }, { observed: detail, expected: 'A resource that the operator accepts.' })
          : inconclusive({ kind, name }, detail, 'What the resource alone decides.'),
      );
    }
    const subject = instanceSubject(topology.instance);
    const names = resources.map(({ metadata }) => metadata.name).join(', ');
    return [
      pass(
        subject,
        resources.length === 0
          ? 'Rendered objects: no operator decides anything.'
          : `Judged as the operator makes it of Milvus/${names}.`,
      ),
    ];
  },
});

/** The last of many is the one that counts. */
function shortList(places: readonly string[]): string {
  return places.length <= 4
    ? places.join(', ')
    : `${places.slice(0, 3).join(', ')}, … and ${places.at(-1) ?? ''}`;
}
