import type { Evidence, Judge } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { Component } from '../../helpers/topology/model.ts';
import { backingText } from '../../helpers/verdict/backing-fault.ts';
import { fail, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { subjectKey, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { isMixed, overComponents, writableVolumes, type WritableVolume } from './kept-volumes.ts';

/** Drivers whose inline volumes hold nothing of their own. */
const withoutState: ReadonlySet<string> = new Set(['secrets-store.csi.k8s.io']);

export default suite('STL', {
  'STL-020': (evidence) =>
    overComponents(evidence, (component) => {
      const subject = workloadSubject(component.workload);
      const kept = keptOn('claim', component, evidence).filter((volume) => !isMixed(volume));
      const unneeded = kept.filter((volume) => !servesTheLog(volume, component, evidence));
      if (unneeded.length > 0)
        return fail(subject, failureOf(component, unneeded, 'No claim over a data path'));
      return kept.length === 0
        ? pass(subject, `No claim over a data path of the ${component.role}.`)
        : pass(subject, `${texts(kept)}: the log needs it, and is judged there.`);
    }),
  'STL-030': without('hostPath', 'No hostPath'),
  'STL-040': without('other', 'No volume that outlives the pod'),
  'STL-050': (evidence) =>
    overComponents(evidence, (component) => {
      const subject = workloadSubject(component.workload);
      const forLogs = writableVolumes(component, evidence).filter(
        ({ backing, paths, dataPaths }) => backing.kind === 'claim' && dataPaths.length < paths.length,
      );
      if (forLogs.length === 0) return skipped(subject, 'It has no claim for log files.');
      const mixed = forLogs.filter(isMixed);
      if (mixed.length > 0) {
        const over = mixed.map(({ name, dataPaths }) => `volume ${name} over ${dataPaths.join(', ')}`);
        return fail(subject, {
          ...failureOf(component, mixed, 'Log files only'),
          observed: `The claim for log files is mounted over a data path of the ${component.role} too: ${over.join('; ')}.`,
        });
      }
      return pass(subject, `${texts(forLogs)}: log files only.`);
    }),
});

function without(kind: 'hostPath' | 'other', expected: string): Judge {
  return (evidence) =>
    overComponents(evidence, (component) => {
      const subject = workloadSubject(component.workload);
      const kept = keptOn(kind, component, evidence).filter(({ name }) => !isStateless(name, component));
      return kept.length === 0
        ? pass(subject, `${expected} in the ${component.role}.`)
        : fail(subject, failureOf(component, kept, expected));
    });
}

function isStateless(name: string, { workload }: Component): boolean {
  const driver = workload.template.volumes?.find((volume) => volume.name === name)?.csi?.driver;
  return driver !== undefined && withoutState.has(driver);
}

/** Writable volumes of a kind that are mounted over a data path. */
function keptOn(
  kind: WritableVolume['backing']['kind'],
  component: Component,
  evidence: Evidence,
): readonly WritableVolume[] {
  return writableVolumes(component, evidence).filter(
    ({ backing, dataPaths }) => backing.kind === kind && dataPaths.length > 0,
  );
}

/** The volume is one that a store in this component needs, or one that the strict reading asks for. */
function servesTheLog({ name }: WritableVolume, { role, workload }: Component, evidence: Evidence): boolean {
  if (role === 'streamingnode' && evidence.expectations.requireLogClaim === 'always') return true;
  return evidence.requirements.required.some(
    (requirement) =>
      requirement.workload === workload &&
      requirement.backing.kind === 'claim' &&
      requirement.backing.volumeName === name,
  );
}

function failureOf({ role, workload }: Component, volumes: readonly WritableVolume[], expected: string) {
  return {
    observed: `The ${role} can write ${texts(volumes)}.`,
    expected: `${expected}: what must last is in etcd, object storage and the log.`,
    evidence: volumes.map(({ name, paths }) => ({
      at: `${subjectKey(workloadSubject(workload))} volume ${name}`,
      text: `mounted at ${paths.join(', ')}`,
    })),
  };
}

function texts(volumes: readonly WritableVolume[]): string {
  return volumes.map(({ backing }) => backingText(backing)).join('; ');
}
