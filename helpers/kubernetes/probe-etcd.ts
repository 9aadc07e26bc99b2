import type { EtcdMember } from '../topology/observation.ts';
import type { PodClient } from './ask-pod.ts';
import { isRecord } from './json.ts';

/** etcd's client port, which serves its HTTP gateway too. */
export const etcdEndpoint = { scheme: 'http', port: 2379 } as const;

/**
 * One member's own view of the cluster, through its HTTP gateway.
 * Source: etcd documentation, "gRPC gateway"; int64 values come as strings, zeros are left out.
 * @throws Error with etcd's words when it refuses, for example because it wants a user
 */
export async function probeEtcd(client: PodClient): Promise<EtcdMember> {
  const status = await ask(client, '/v3/maintenance/status', {});
  const list = await ask(client, '/v3/cluster/member/list', {});
  const alarm = await ask(client, '/v3/maintenance/alarm', { action: 'GET' });
  const header = isRecord(status['header']) ? status['header'] : {};
  return {
    memberId: text(header['member_id'], '0'),
    clusterId: text(header['cluster_id'], '0'),
    leaderId: text(status['leader'], '0'),
    version: text(status['version'], 'unknown'),
    databaseSize: Number(text(status['dbSize'], '0')),
    members: records(list['members']).map((member) => text(member['name'], '')),
    alarms: [...new Set(records(alarm['alarms']).map((raised) => text(raised['alarm'], 'NONE')))],
  };
}

async function ask(
  client: PodClient,
  path: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await client.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) {
    throw new Error(`etcd answered ${path} with ${answer.status}: ${answer.body.trim().slice(0, 200)}`);
  }
  const parsed: unknown = JSON.parse(answer.body);
  if (!isRecord(parsed)) throw new Error(`etcd answered ${path} with something that is no object`);
  return parsed;
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown, absent: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : absent;
}
