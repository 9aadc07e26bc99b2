import type { Client } from '@grpc/grpc-js';
import { z } from 'zod';
import type { Answer, MilvusServer } from '../topology/observation.ts';
import { type Failure, outcomeOfAnswer, outcomeOfError, type Result } from './outcome.ts';
import { openService } from './service.ts';
import type { MilvusTarget } from './target.ts';
import { metadataOf, unary } from './unary.ts';

/** ms for all three calls together. */
const budgetMs = 10_000;

const version = z.object({ version: z.string().min(1) });
const health = z.object({ isHealthy: z.boolean(), reasons: z.array(z.string()) });
const component = z.object({ role: z.string(), nodeID: z.string(), state_code: z.string() });
const states = z.object({ state: component.nullable(), subcomponent_states: z.array(component) });

/**
 * Asks a proxy for its version, its opinion of the cluster's health, and its component states. Changes nothing.
 * `address` is `127.0.0.1:port` of a port-forward.
 */
export async function probeMilvus(
  address: string,
  options: Omit<MilvusTarget, 'address'>,
  signal: AbortSignal,
): Promise<Answer<MilvusServer>> {
  const target = { address, ...options };
  const client = await openService(target);
  try {
    const ask = await asker(client, target, signal);
    const answers = await Promise.all([
      ask('GetVersion', version),
      ask('CheckHealth', health),
      ask('GetComponentStates', states),
    ]);
    return merge(target, answers);
  } finally {
    client.close();
  }
}

function merge(
  target: MilvusTarget,
  [versions, healths, components]: [
    Result<z.infer<typeof version>>,
    Result<z.infer<typeof health>>,
    Result<z.infer<typeof states>>,
  ],
): Answer<MilvusServer> {
  if (versions.state !== 'ok') return failed(target, 'GetVersion', versions);
  if (healths.state !== 'ok') return failed(target, 'CheckHealth', healths);
  if (components.state !== 'ok') return failed(target, 'GetComponentStates', components);
  const { state, subcomponent_states: others } = components.value;
  const value: MilvusServer = {
    version: versions.value.version,
    healthy: healths.value.isHealthy,
    reasons: healths.value.reasons,
    componentStates: (state === null ? others : [state, ...others]).map((each) => ({
      role: each.role,
      node: each.nodeID,
      state: each.state_code,
    })),
  };
  return { state: 'answered', value };
}

type Ask = <T>(method: string, schema: z.ZodType<T>) => Promise<Result<T>>;

async function asker(client: Client, target: MilvusTarget, signal: AbortSignal): Promise<Ask> {
  const metadata = await metadataOf(target);
  const deadline = Date.now() + budgetMs;
  return async (method, schema) => {
    const send: unknown = Reflect.get(client, method);
    if (typeof send !== 'function') throw new Error(`The Milvus service defines no ${method}.`);
    const start = (...answered: unknown[]) => send.call(client, {}, metadata, { deadline }, ...answered);
    return unary(signal, start).then((answer) => outcomeOfAnswer(answer, schema), outcomeOfError);
  };
}

const notAuthenticated: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'MILVUS_1400']);

function failed(target: MilvusTarget, method: string, failure: Failure): Answer<MilvusServer> {
  if (notAuthenticated.has(failure.code)) {
    const problem =
      target.token === undefined
        ? 'Milvus requires a login and none was given: give a token (user:password).'
        : 'Milvus refused the token that was given: check user and password.';
    return { state: 'failed', error: `${problem} Its answer to ${method}: ${failure.message}` };
  }
  return { state: 'failed', error: `${method} at ${target.address}: ${failure.code}: ${failure.message}` };
}
