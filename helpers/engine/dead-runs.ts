import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const runId = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

/** A workload writes several times a second; one that has been silent for so long is no more. ms */
const silentMs = 60_000;

/** The last line of a history is short. */
const tailBytes = 4096;

/**
 * Ids of the runs in a folder of reports that were killed while they acted: a history of theirs has no end, and
 * nothing was added to it for a minute. None where the folder does not exist.
 */
export async function deadRuns(out: string, now: number): Promise<readonly string[]> {
  if (!existsSync(out)) return [];
  const dead: string[] = [];
  for (const id of (await readdir(out)).filter((name) => runId.test(name))) {
    for (const file of await historiesOf(path.join(out, id))) {
      if (!dead.includes(id) && (await isDead(file, now))) dead.push(id);
    }
  }
  return dead;
}

async function historiesOf(folder: string): Promise<readonly string[]> {
  const experiments = path.join(folder, 'experiments');
  const folders = existsSync(experiments)
    ? (await readdir(experiments)).map((name) => path.join(experiments, name))
    : [];
  return [folder, ...folders]
    .map((each) => path.join(each, 'history.jsonl'))
    .filter((file) => existsSync(file));
}

async function isDead(file: string, now: number): Promise<boolean> {
  const { mtimeMs, size } = await stat(file);
  if (now - mtimeMs < silentMs) return false;
  await using opened = await open(file);
  const length = Math.min(size, tailBytes);
  const { buffer } = await opened.read(Buffer.alloc(length), 0, length, size - length);
  const lastLine = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  return !lastLine.startsWith('{"type":"end"');
}
