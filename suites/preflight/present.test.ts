import { suite } from '../../helpers/engine/suite.ts';
import { parseQuantity } from '../../helpers/topology/quantity.ts';
import { fail, inconclusive, pass, warn } from '../../helpers/verdict/outcomes.ts';
import { claimSubject } from '../../helpers/verdict/subjects.ts';
import { itemsOf, plannedClaims, withManifest } from './planned.ts';

export default suite('PRE', {
  'PRE-090': (evidence) =>
    withManifest(evidence, ({ claims }, subject) => {
      const found = itemsOf(claims, 'claims', subject);
      if ('finding' in found) return [found.finding];
      const planned = new Map(plannedClaims(evidence).map((claim) => [claim.name, claim]));
      const adopted = found.items.flatMap((claim) => {
        const wanted = planned.get(claim.metadata.name);
        return wanted === undefined ? [] : [{ claim, wanted }];
      });
      if (adopted.length === 0)
        return [pass(subject, 'No claim of a name that the manifest asks for is there.')];
      return adopted.map(({ claim, wanted }) => {
        const { metadata, spec } = claim;
        const size = spec.resources?.requests?.['storage'];
        const evidenceOf = [
          {
            at: `PersistentVolumeClaim/${metadata.name}`,
            text: `made ${metadata.creationTimestamp ?? 'at an unknown time'}, ${claim.status?.phase ?? 'phase unknown'}, ${size ?? 'size unknown'}, class ${spec.storageClassName ?? '(default)'}`,
          },
        ];
        const wrong = [
          ...(metadata.deletionTimestamp === undefined ? [] : ['it is being deleted']),
          ...((parseQuantity(size ?? '') ?? 0) < (parseQuantity(wanted.size ?? '') ?? 0)
            ? [`it has ${size ?? 'no size'}, and ${wanted.size} is asked for`]
            : []),
          ...(wanted.storageClass !== undefined && wanted.storageClass !== spec.storageClassName
            ? [
                `its class is ${spec.storageClassName ?? '(default)'}, and ${wanted.storageClass || 'none'} is asked for`,
              ]
            : []),
          ...(wanted.accessModes.every((mode) => spec.accessModes?.includes(mode) === true)
            ? []
            : [
                `its access modes are ${spec.accessModes?.join(', ') ?? 'none'}, and ${wanted.accessModes.join(', ')} is asked for`,
              ]),
        ];
        const expected = 'No claim of that name, or the one that this data is meant to go on with.';
        if (wrong.length > 0) {
          return fail(claimSubject(metadata.name), {
            observed: `It is there already, and does not fit: ${wrong.join('; ')}.`,
            expected,
            evidence: evidenceOf,
          });
        }
        return warn(claimSubject(metadata.name), {
          observed: 'It is there already and will be taken, with whatever is in it.',
          expected,
          evidence: evidenceOf,
        });
      });
    }),

  'PRE-100': (evidence) =>
    withManifest(evidence, ({ present }, subject) => {
      const places = evidence.observation.manifest?.places ?? {};
      const release = evidence.topology.instance.name;
      const same = present.items.filter(({ kind, name }) => places[`${kind}/${name}`] !== undefined);
      const others = same.filter((object) => object.release !== undefined && !isOf(object.release, release));
      const own = same.filter((object) => !others.includes(object));
      if (others.length > 0) {
        return others.map(({ kind, name, release: owner }) =>
          fail(
            { kind, name },
            {
              observed: `It is there already and belongs to release ${owner ?? ''}; the manifest is ${release}’s.`,
              expected: 'A name that no other release uses.',
            },
          ),
        );
      }
      if (present.refused.length > 0) {
        return [
          inconclusive(
            subject,
            `Whether a name is taken could not be seen: ${present.refused.join('; ')}`,
            'Leave to list every kind that the manifest makes.',
          ),
        ];
      }
      if (own.length === 0) return [pass(subject, 'No name of the manifest is taken.')];
      const names = own
        .slice(0, 3)
        .map(({ kind, name }) => `${kind}/${name}`)
        .join(', ');
      return [
        warn(subject, {
          observed: `${own.length} objects of the manifest are there already (${names}${own.length > 3 ? ', …' : ''}): this is an upgrade of ${release}, not an install.`,
          expected: 'None of them, for a first install.',
          remedy: '`milvus-conformance manifests --diff OLD NEW` says what an upgrade will do.',
        }),
      ];
    }),
});

/** The operator’s stores are releases of their own: `books-etcd` is `books`’s. */
function isOf(owner: string, release: string): boolean {
  return owner === release || owner.startsWith(`${release}-`);
}
