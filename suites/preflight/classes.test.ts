import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { StorageClass } from '../../helpers/topology/objects.ts';
import type { Finding, Subject } from '../../helpers/verdict/finding.ts';
import { fail, pass, skipped, warn } from '../../helpers/verdict/outcomes.ts';
import { findClass } from './find-class.ts';
import { itemsOf, namespaceSubject, plannedClaims } from './planned.ts';

/** A class that claims of the manifest ask for; the default one where nobody knows what will be installed. */
interface Wanted {
  readonly name: string | undefined;
  readonly claims: readonly string[];
  readonly found: StorageClass | undefined;
}

export default suite('PRE', {
  'PRE-020': (evidence) =>
    overClasses(evidence, ({ name, claims, found }, all) => {
      const subject = classSubject(name);
      if (found !== undefined)
        return pass(subject, `${found.metadata.name} is there, made by ${found.provisioner}.`);
      const users =
        claims.length === 0 ? '' : ` ${claims.length} claims ask for it, ${claims[0]} among them.`;
      const names = all.map(({ metadata }) => metadata.name).join(', ') || 'none at all';
      return fail(subject, {
        observed: `${name === undefined ? 'No class is marked as default' : `There is no class ${name}`}.${users}`,
        expected: `A class that exists. There are: ${names}.`,
      });
    }),

  'PRE-030': (evidence) =>
    overClasses(evidence, ({ name, found }) => {
      if (found === undefined) return skipped(classSubject(name), 'It does not exist. PRE-020 says so.');
      const mode = found.volumeBindingMode ?? 'Immediate';
      const subject = classSubject(found.metadata.name);
      if (mode === 'WaitForFirstConsumer') return pass(subject, mode);
      return warn(subject, {
        observed: `Its volumeBindingMode is ${mode}.`,
        expected: 'WaitForFirstConsumer.',
      });
    }),

  'PRE-040': (evidence) =>
    overClasses(evidence, ({ name, found }) => {
      if (found === undefined) return skipped(classSubject(name), 'It does not exist. PRE-020 says so.');
      const subject = classSubject(found.metadata.name);
      if (found.allowVolumeExpansion === true) return pass(subject, 'Its claims can grow.');
      return warn(subject, {
        observed: 'It does not set allowVolumeExpansion: its claims cannot grow.',
        expected: 'allowVolumeExpansion: true.',
      });
    }),
});

function classSubject(name: string | undefined): Subject {
  return { kind: 'StorageClass', name: name ?? '(default)' };
}

function overClasses(
  evidence: Evidence,
  judge: (wanted: Wanted, all: readonly StorageClass[]) => Finding,
): readonly Finding[] {
  const { preflight, manifest } = evidence.observation;
  const subject = namespaceSubject(evidence);
  if (preflight === undefined) return [skipped(subject, 'This is no preflight.')];
  const classes = itemsOf(preflight.storageClasses, 'storage classes', subject);
  if ('finding' in classes) return [classes.finding];
  // An empty class means a volume made by hand: no class is asked for.
  const claims = plannedClaims(evidence).filter(({ storageClass }) => storageClass !== '');
  const byClass = Map.groupBy(claims, ({ storageClass }) => storageClass);
  if (manifest === undefined) byClass.set(undefined, []);
  if (byClass.size === 0) return [skipped(subject, 'The manifest makes no claim that asks for a class.')];
  return [...byClass].map(([name, own]) =>
    judge(
      { name, claims: own.map((claim) => claim.name), found: findClass(name, classes.items) },
      classes.items,
    ),
  );
}
