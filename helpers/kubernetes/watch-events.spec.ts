import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Pod } from '../topology/objects.ts';
import { ApiError } from './errors.ts';
import { podStateOf } from './pod-state.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';
import { watchEvents, type WatchEvent } from './watch-events.ts';

const recordings = process.env['RECORDINGS'];

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7): Promise<readonly WatchEvent[]> {
  const events: WatchEvent[] = [];
  for await (const event of watchEvents('/watch', inChunks(Buffer.from(text), size))) events.push(event);
  return events;
}

test('events may be cut anywhere, also within a letter', async () => {
  const object = { metadata: { resourceVersion: '7', name: 'größer' } };
  const text = `${JSON.stringify({ type: 'ADDED', object })}\n{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}\n`;
  for (const size of [1, 2, 3, 1000]) {
    expect(await read(text, size)).toEqual([
      { type: 'ADDED', object, version: '7' },
      { type: 'BOOKMARK', version: '9' },
    ]);
  }
});

test('an error event is the server’s refusal', async () => {
  const status = { kind: 'Status', reason: 'Expired', code: 410, message: 'too old resource version: 1 (2)' };
  const reading = read(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
  await expect(reading).rejects.toThrow(ApiError);
  await expect(reading).rejects.toMatchObject({ status: 410, reason: 'Expired' });
});

test.skipIf(recordings === undefined)(
  'a container that is killed in its pod, as recorded on a real cluster (RECORDINGS)',
  async () => {
    const file = path.join(recordings ?? '', 'watch-pods-container-kill.jsonl');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const text = lines.map((line) => `${JSON.stringify(JSON.parse(line).event)}\n`).join('');
    const states = (await read(text, 4096)).flatMap((event) =>
      event.type === 'BOOKMARK' ? [] : [podStateOf(project<Pod>(shapes.Pod, event.object), 'milvus')],
    );
    const killed = states.filter(({ uid }) => uid === states.at(-1)?.uid);
    expect(killed.length).toBeGreaterThan(1);
    const runs = killed.map(
      ({ containers: [main] }) => `${main?.restarts} ${main?.running ? 'runs' : 'ended'}`,
    );
    expect(runs.filter((run, at) => run !== runs[at - 1])).toEqual(['0 ended', '1 runs']);
  },
);
