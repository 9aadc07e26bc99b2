import type { Endpoints, EtcdMember, Observation } from '../../helpers/topology/observation.ts';

/** An observation with what its running endpoints answered. */
export function withEndpoints(observation: Observation, endpoints: Partial<Endpoints>): Observation {
  return { ...observation, endpoints: { ...silent, ...endpoints } };
}

const unasked = { state: 'unasked', reason: 'not in this test' } as const;
const silent: Endpoints = { etcd: {}, minio: {}, components: {}, milvus: unasked, bucket: unasked };

/** What a healthy etcd member of three answers; `more` is what is wrong with it. */
export function etcdMember(more: Partial<EtcdMember> = {}): EtcdMember {
  return {
    memberId: '1',
    clusterId: '10',
    leaderId: '1',
    version: '3.5.18',
    databaseSize: 25 * 2 ** 20,
    members: ['etcd-0', 'etcd-1', 'etcd-2'],
    alarms: [],
    ...more,
  };
}
