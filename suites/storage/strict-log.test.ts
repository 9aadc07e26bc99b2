import { suite } from '../../helpers/engine/suite.ts';
import { backingOf } from '../../helpers/topology/backing.ts';
import type { Component } from '../../helpers/topology/model.ts';
import { textOf } from '../../helpers/topology/settings.ts';
import { backingText } from '../../helpers/verdict/backing-fault.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject, storeSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';

/** Where the streaming node keeps what it keeps, unless Woodpecker's root says otherwise. */
const dataRoot = '/var/lib/milvus';

export default suite('WAL', {
  'WAL-120': ({ topology, requirements, expectations }) => {
    const subject = storeSubject({ role: 'log' });
    if (expectations.requireLogClaim !== 'always') {
      return [
        skipped(subject, 'Not asked for: claims are required as the configuration makes them necessary.'),
      ];
    }
    if (requirements.required.some(({ store }) => store === 'log')) {
      return [skipped(subject, 'The log has claims of its own to be judged: WAL-030 to WAL-110 do so.')];
    }
    const store = topology.stores.find(({ role }) => role === 'log');
    if (store?.location.kind === 'external') {
      return [skipped(subject, `Waived by rule: the log is outside the cluster (${store.because}).`)];
    }
    const writers = topology.components.filter(writesTheLog);
    if (writers.length === 0) {
      return [
        inconclusive(
          instanceSubject(topology.instance),
          'No streaming node and no standalone pod was found.',
          'A component that writes the log, with a claim.',
        ),
      ];
    }
    const path = textOf(topology.configuration, 'woodpecker.storage.rootPath') ?? dataRoot;
    return writers.map(({ role, workload, container }) => {
      const places = [...new Set([path, dataRoot])].map((place) => ({
        place,
        backing: backingOf(workload, container, place),
      }));
      const claim = places.find(({ backing }) => backing.kind === 'claim');
      if (claim !== undefined) {
        return pass(
          workloadSubject(workload),
          `${claim.place} of the ${role} is on ${backingText(claim.backing)}.`,
        );
      }
      return fail(workloadSubject(workload), {
        observed: `${places.map(({ place, backing }) => `${place} of the ${role} is on ${backingText(backing)}`).join('; ')}.`,
        expected: `A claim over ${path}, as wal.requireClaim: always asks.`,
        evidence: places.map(({ place, backing }) => ({
          at: `${workload.kind}/${workload.metadata.name} container ${container.name}, path ${place}`,
          text: backingText(backing),
        })),
      });
    });
  },
});

function writesTheLog({ role, workload }: Component): boolean {
  return (role === 'streamingnode' || role === 'standalone') && workload.replicas > 0;
}
