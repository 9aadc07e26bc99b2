import { z } from 'zod';
import {
  phases,
  type History,
  type HistoryEnd,
  type HistoryEvent,
  type HistoryHeader,
  type Operation,
} from './history.ts';

const stop = z.object({ step: z.string(), reason: z.string() });

const failure = { code: z.string(), message: z.string() };

const outcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ok'), value: z.unknown() }),
  z.object({ state: z.literal('fail'), ...failure }),
  z.object({ state: z.literal('unknown'), ...failure, answered: z.literal(true).exactOptional() }),
]);

const header = z.object({
  type: z.literal('header'),
  schemaVersion: z.literal(1),
  workload: z.string(),
  seed: z.number(),
  startedAt: z.string(),
  collection: z.string(),
  scenarios: z.array(z.string()).exactOptional(),
}) satisfies z.ZodType<HistoryHeader>;

const operation = z.object({
  type: z.literal('operation'),
  id: z.number(),
  call: z.string(),
  step: z.string(),
  request: z.record(z.string(), z.unknown()),
  calledAt: z.number(),
  returnedAt: z.number(),
  outcome,
}) satisfies z.ZodType<Operation>;

const pod = z.object({
  name: z.string(),
  uid: z.string(),
  part: z.string(),
  phase: z.string(),
  scheduled: z.boolean(),
  ready: z.boolean(),
  deleting: z.boolean(),
  containers: z.array(
    z.object({
      name: z.string(),
      startedAt: z.string().exactOptional(),
      restarts: z.number(),
      running: z.boolean(),
    }),
  ),
});

const event = z.object({
  type: z.literal('event'),
  at: z.number(),
  happening: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('phase'), phase: z.enum(phases) }),
    z.object({ kind: z.literal('pod'), change: z.enum(['seen', 'added', 'modified', 'deleted']), pod }),
    z.object({
      kind: z.literal('fault'),
      step: z.enum(['begin', 'done', 'failed', 'undone']),
      text: z.string(),
      pods: z.array(pod.pick({ name: true, uid: true, part: true })),
    }),
    z.object({ kind: z.literal('lag'), lagMs: z.number() }),
    z.object({ kind: z.literal('watch'), state: z.enum(['cut', 'resumed']), text: z.string() }),
  ]),
}) satisfies z.ZodType<HistoryEvent>;

const end = z.object({
  type: z.literal('end'),
  at: z.number(),
  stopped: stop.exactOptional(),
}) satisfies z.ZodType<HistoryEnd>;

const line = z.discriminatedUnion('type', [header, operation, event, end]);

/**
 * Reads `history.jsonl`. A last line without its newline is what a killed run was writing: it is left out.
 *
 * @throws Error that names the line, where one is not what this version writes, or that there is no header
 */
export function readHistory(text: string): History {
  const lines = text.split('\n').slice(0, -1);
  const [first, ...rest] = lines.map((content, index) => parseLine(content, index + 1));
  if (first?.type !== 'header') {
    throw new Error(
      'history.jsonl has no header: the run was killed before it began, or the file is another.',
    );
  }
  const operations: Operation[] = [];
  const events: HistoryEvent[] = [];
  for (const [index, entry] of rest.entries()) {
    if (entry.type === 'operation') operations.push(entry);
    else if (entry.type === 'event') events.push(entry);
    else if (entry.type === 'end' && index === rest.length - 1) {
      const history = { header: first, operations, events, complete: true };
      return entry.stopped === undefined ? history : { ...history, stopped: entry.stopped };
    } else throw new Error(`history.jsonl line ${index + 2}: ${entry.type} is out of place.`);
  }
  return { header: first, operations, events, complete: false };
}

/**
 * One line of a history.
 *
 * @throws Error that names the line, where it is not what this version writes
 */
export function parseLine(content: string, number: number): z.infer<typeof line> {
  const parsed = line.safeParse(parseJson(content, number));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`history.jsonl line ${number}: ${problems.join('; ')}`);
}

function parseJson(content: string, number: number): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`history.jsonl line ${number} is not JSON.`, { cause: error });
  }
}
