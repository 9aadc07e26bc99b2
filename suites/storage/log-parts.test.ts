import type { Evidence, Judge } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { LogType } from '../../helpers/topology/model.ts';
import { settingOf } from '../../helpers/topology/settings.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { storeSubject, workloadSubject } from '../../helpers/verdict/subjects.ts';
import { sentence, unreadableConfiguration } from './scope.ts';

const subject = storeSubject({ role: 'log' });

/** Servers that one segment of Woodpecker's log is written to, unless the configuration says otherwise. */
const ensembleSize = 3;

export default suite('WAL', {
  'WAL-080': (evidence) => {
    if (evidence.topology.logType !== 'woodpecker') return [skipped(subject, 'The log is not Woodpecker.')];
    const servers = evidence.topology.stores.flatMap(({ role, location }) =>
      role === 'log' && location.kind === 'in-cluster' ? location.workloads : [],
    );
    const own = servers.filter((workload) => /woodpecker/.test(workload.metadata.name + images(workload)));
    if (own.length === 0) return [skipped(subject, 'Woodpecker does not run as a service here.')];
    const configured = settingOf(
      evidence.topology.configuration,
      'woodpecker.client.quorum.selectStrategy.replicas',
    );
    const needed = typeof configured === 'number' ? configured : ensembleSize;
    return own.map((workload) => {
      const observed = `${workload.replicas} Woodpecker servers; a segment is written to ${needed}.`;
      if (workload.replicas >= needed) return pass(workloadSubject(workload), observed);
      return fail(workloadSubject(workload), {
        observed,
        expected: `${needed} replicas at least.`,
        evidence: [
          { at: `${workload.kind}/${workload.metadata.name} spec.replicas`, text: String(workload.replicas) },
        ],
        stops: [subject],
      });
    });
  },

  'WAL-090': partsOf('pulsar', {
    'log.zookeeper': 'ZooKeeper',
    'log.journal': 'bookie journal',
    'log.ledgers': 'bookie ledgers',
  }),
  'WAL-100': partsOf('kafka', { 'log.broker': 'broker data' }),
});

function images({
  template,
}: {
  readonly template: { readonly containers: readonly { readonly image?: string }[] };
}): string {
  return template.containers.map(({ image }) => image ?? '').join(' ');
}

/** All durable parts of a log are there; `parts` are those that it always has. */
function partsOf(type: LogType, parts: Readonly<Record<string, string>>): Judge {
  return (evidence) => {
    const unreadable = unreadableConfiguration(evidence);
    if (unreadable !== undefined) return [unreadable];
    const store = evidence.topology.stores.find(({ role, product }) => role === 'log' && product === type);
    if (store === undefined)
      return [skipped(subject, `The log is ${evidence.topology.logType ?? 'not known'}.`)];
    switch (store.location.kind) {
      case 'external':
        return [skipped(subject, `Waived by rule: ${type} is outside the cluster (${store.because}).`)];
      case 'missing':
        return [skipped(subject, `${type} is not there. STO-010 says so.`)];
      case 'in-cluster':
      case 'in-component':
        return judgeParts(parts, evidence);
    }
  };
}

function judgeParts(parts: Readonly<Record<string, string>>, { requirements }: Evidence): readonly Finding[] {
  const ofLog = <T extends { readonly store: string }>(all: readonly T[]) =>
    all.filter(({ store }) => store === 'log');
  const missing = ofLog(requirements.missing);
  const external = ofLog(requirements.exempt);
  const found = ofLog(requirements.required);
  const known = new Set([...found, ...missing].map(({ id }) => id));
  const unknown = Object.entries(parts).filter(
    ([id]) => !known.has(id) && !found.some((each) => each.id === 'log.data'),
  );
  return [
    ...missing.map(({ what, reason }) =>
      fail(subject, {
        observed: `Nothing keeps ${what}: ${sentence(reason)}`,
        expected: `A workload that keeps ${what}.`,
        stops: [subject],
      }),
    ),
    ...(missing.length > 0 || external.length > 0
      ? []
      : unknown.map(([id, part]) =>
          fail(subject, {
            observed: `No workload was found for its ${part} (${id}).`,
            expected: `A workload with ${part}.`,
          }),
        )),
    ...external.map(({ reason }) => skipped(subject, sentence(reason))),
    ...found.map(({ what, workload, path }) =>
      pass(workloadSubject(workload), sentence(`${what}, at ${path}.`)),
    ),
  ];
}
