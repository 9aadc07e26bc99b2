import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError, messageOf } from '../kubernetes/errors.ts';
import { kinds, listPath, objectPath } from '../kubernetes/kinds.ts';
import { list } from '../kubernetes/list.ts';
import { redactObject } from '../kubernetes/redact.ts';
import { redactLine } from '../kubernetes/secrets.ts';
import { project } from '../kubernetes/shape.ts';
import { shapes } from '../kubernetes/shapes.ts';
import type { Event, Pod } from '../topology/objects.ts';

/** The last so many lines of each log, and bytes of it. */
const logLines = 2000;
const logBytes = 512 * 1024;
/** Bytes of all logs together. */
const allLogBytes = 32 * 1024 * 1024;
/** The newest so many. */
const mostEvents = 1000;
const atOnce = 4;

/**
 * Keeps what a person looks at after a failure, without secrets and bounded in size: the namespace's pods and events,
 * and what each container and the one before it said. What cannot be had is said there too (`README.txt`): a log needs
 * a right of its own.
 * @param sinceSeconds how far back the logs go
 * @param folder is made where it is not there
 * @throws the file system's error; EnvironmentError when the API server cannot be reached
 */
export async function diagnose(
  connection: Connection,
  namespace: string,
  sinceSeconds: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const notes: string[] = [];
  const events = await readEvents(connection, namespace, notes, signal);
  await writeJson(folder, 'events.json', events);
  const pods = await readPods(connection, namespace, notes, signal);
  await writeJson(folder, 'pods.json', pods.map(redactObject.Pod));
  const limit = pLimit(atOnce);
  let left = allLogBytes;
  const write = async (pod: Pod, container: string, previous: boolean) => {
    const name = `${pod.metadata.name}.${container}${previous ? '.previous' : ''}.log`;
    if (left <= 0) {
      notes.push(`${name}: not kept, the logs before it are ${allLogBytes / 1024 / 1024} MiB`);
      return;
    }
    const query = new URLSearchParams({
      container,
      sinceSeconds: String(Math.max(1, Math.ceil(sinceSeconds))),
      tailLines: String(logLines),
      ...(previous && { previous: 'true' }),
    });
    const from = `${objectPath(kinds.Pod, namespace, pod.metadata.name, 'log')}?${query.toString()}`;
    try {
      const text = await lastBytes(connection.stream(from, signal));
      left -= Buffer.byteLength(text);
      await writeFile(path.join(folder, name), text.split('\n').map(redactLine).join('\n'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notes.push(`${name}: ${error.serverMessage}`);
    }
  };
  await Promise.all(
    pods
      .flatMap((pod) => containersOf(pod).map(({ name, restarted }) => ({ pod, name, restarted })))
      .flatMap(({ pod, name, restarted }) => [
        limit(() => write(pod, name, false)),
        ...(restarted ? [limit(() => write(pod, name, true))] : []),
      ]),
  );
  await writeFile(path.join(folder, 'README.txt'), readme(sinceSeconds, notes));
}

function containersOf({
  spec,
  status,
}: Pod): readonly { readonly name: string; readonly restarted: boolean }[] {
  return spec.containers.map(({ name }) => {
    const state = status?.containerStatuses?.find((found) => found.name === name);
    return { name, restarted: (state?.restartCount ?? 0) > 0 };
  });
}

/** The end of a text, in whole lines. */
async function lastBytes(bytes: AsyncIterable<Buffer>): Promise<string> {
  let kept = Buffer.alloc(0);
  for await (const chunk of bytes) {
    kept = Buffer.concat([kept, chunk]);
    if (kept.length > logBytes * 2) kept = kept.subarray(kept.length - logBytes);
  }
  if (kept.length <= logBytes) return kept.toString('utf8');
  const cut = kept.subarray(kept.length - logBytes);
  return cut.toString('utf8', cut.indexOf(0x0a) + 1);
}

function readPods(
  connection: Connection,
  namespace: string,
  notes: string[],
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const keep = (raw: unknown) => project<Pod>(shapes.Pod, raw);
  return refusedAsNone(list(connection, listPath(kinds.Pod, namespace), keep, signal), 'pods', notes);
}

async function readEvents(
  connection: Connection,
  namespace: string,
  notes: string[],
  signal: AbortSignal,
): Promise<readonly Event[]> {
  const keep = (raw: unknown) => project<Event>(shapes.Event, raw);
  const found = await refusedAsNone(
    list(connection, listPath(kinds.Event, namespace), keep, signal),
    'events',
    notes,
  );
  const timeOf = ({ eventTime, lastTimestamp, metadata }: Event) =>
    lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
  return found
    .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .slice(-mostEvents)
    .map(redactObject.Event);
}

async function refusedAsNone<T>(
  reading: Promise<{ readonly items: readonly T[] }>,
  what: string,
  notes: string[],
): Promise<readonly T[]> {
  try {
    return (await reading).items;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    notes.push(`${what}: ${messageOf(error)}`);
    return [];
  }
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await writeFile(path.join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

function readme(sinceSeconds: number, notes: readonly string[]): string {
  return [
    `The pods, their events, and the last ${Math.ceil(sinceSeconds)} s of their logs (at most ${logLines} lines each),`,
    'without secrets. A deleted pod takes its logs with it; what replaced it is here.',
    ...(notes.length === 0 ? [] : ['', 'Not had:', ...notes.map((note) => `- ${note}`)]),
    '',
  ].join('\n');
}
