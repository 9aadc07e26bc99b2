import type { Evidence } from '../../helpers/engine/context.ts';
import { suite } from '../../helpers/engine/suite.ts';
import type { ContainerStatus, Pod } from '../../helpers/topology/objects.ts';
import type { Finding } from '../../helpers/verdict/finding.ts';
import { fail, inconclusive, pass, skipped } from '../../helpers/verdict/outcomes.ts';
import { statusesOf } from '../../helpers/verdict/pod-fault.ts';
import { podSubject } from '../../helpers/verdict/subjects.ts';
import { waitedForStores } from './first-start.ts';
import { faultOf, overPods } from './pods.ts';

export default suite('HLT', {
  'HLT-090': (evidence) =>
    overPods(evidence, (pod) => {
      const { kind } = faultOf(pod, evidence);
      if (kind !== 'none' && kind !== 'not ready') {
        return skipped(podSubject(pod), `It does not run (${kind}): another check says why.`);
      }
      // An init container that has ended well is over, however often it was tried.
      const goesOn = statusesOf(pod).filter(({ state }) => state?.terminated?.exitCode !== 0);
      const restarted = goesOn.filter(({ restartCount }) => restartCount > 0);
      const findings = restarted.map((status) => judgeRestart(pod, status, evidence));
      const worst = findings.find(({ outcome }) => outcome !== 'pass') ?? findings[0];
      return worst ?? pass(podSubject(pod), 'No container was restarted.');
    }),
});

function judgeRestart(pod: Pod, status: ContainerStatus, evidence: Evidence): Finding {
  const { name, restartCount, lastState } = status;
  const subject = podSubject(pod, name);
  const end = endOf(status);
  const times = restartCount === 1 ? 'once' : `${restartCount} times`;
  if (end === undefined) {
    return inconclusive(
      subject,
      `Restarted ${times}, at an unknown time.`,
      'The time at which it last ended.',
    );
  }
  const said = `Restarted ${times}, last ${end.text}`;
  const windowMs = evidence.expectations.restartWindowMs;
  if (Date.parse(evidence.observation.takenAt) - end.at > windowMs) {
    return pass(subject, `${said}: longer ago than the window.`);
  }
  const readyAt = waitedForStores(pod, end.at, evidence);
  if (readyAt !== undefined) {
    return pass(
      subject,
      `${said}: at its first start, before or just as its stores were Ready (${new Date(readyAt).toISOString()}).`,
    );
  }
  const ended = lastState?.terminated;
  return fail(subject, {
    observed: `${said}.`,
    expected: `No restart within ${Math.round(windowMs / 1000)} s.`,
    evidence: [
      {
        at: `Pod/${pod.metadata.name} container ${name} lastState.terminated`,
        text: ended?.message ?? end.text,
      },
    ],
  });
}

/** When a container last ended, in ms since 1970; where Kubernetes has forgotten it, before its present state began. */
function endOf({
  state,
  lastState,
}: ContainerStatus): { readonly at: number; readonly text: string } | undefined {
  const ended = lastState?.terminated;
  const endedAt = Date.parse(ended?.finishedAt ?? '');
  if (ended !== undefined && !Number.isNaN(endedAt)) {
    return {
      at: endedAt,
      text: `at ${ended.finishedAt} (${ended.reason ?? 'no reason'}, exit code ${ended.exitCode})`,
    };
  }
  const since = state?.running?.startedAt ?? state?.terminated?.startedAt;
  const sinceMs = Date.parse(since ?? '');
  return Number.isNaN(sinceMs) ? undefined : { at: sinceMs, text: `before ${since}` };
}
