import type { Answer, EtcdMember } from '../topology/observation.ts';

export type Leader =
  | { readonly state: 'known'; readonly pod: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** The pod that leads etcd by its members' own words, keyed by pod name. Pure. */
export function etcdLeader(answers: Readonly<Record<string, Answer<EtcdMember>>>): Leader {
  const members = Object.entries(answers).flatMap(([pod, answer]) =>
    answer.state === 'answered' ? [{ pod, member: answer.value }] : [],
  );
  const leaders = [...new Set(members.map(({ member }) => member.leaderId).filter((id) => id !== '0'))];
  const [leaderId, ...others] = leaders;
  if (leaderId === undefined)
    return { state: 'unknown', reason: `no etcd pod says who leads: ${whyNot(answers)}` };
  if (others.length > 0) return { state: 'unknown', reason: 'the etcd pods do not agree on who leads' };
  const pod = members.find(({ member }) => member.memberId === leaderId)?.pod;
  return pod === undefined
    ? { state: 'unknown', reason: `etcd is led by the member ${leaderId}, whose pod did not answer` }
    : { state: 'known', pod };
}

function whyNot(answers: Readonly<Record<string, Answer<EtcdMember>>>): string {
  const [first] = Object.entries(answers);
  if (first === undefined) return 'none was asked';
  const [pod, answer] = first;
  switch (answer.state) {
    case 'answered':
      return `${pod} has no leader`;
    case 'failed':
      return `${pod} did not answer (${answer.error})`;
    case 'unasked':
      return `${pod} was not asked (${answer.reason})`;
  }
}
