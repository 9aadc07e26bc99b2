import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { collectionSchema, type CollectionFacts } from './snapshot-collection.ts';
import type { ReadLimits } from './snapshot.ts';

const header = z.strictObject({
  schemaVersion: z.literal(1),
  startedAt: z.string(),
  instance: z.string(),
  limits: z.strictObject({ rows: z.number(), rowsPerSecond: z.number() }),
});
type Header = z.infer<typeof header>;

/**
 * The collections of a snapshot that is being taken, a line each as it is read: a run that was killed goes on after
 * them. It is for one instance and one number of rows; what an older one says of others is left aside.
 */
export class Unfinished {
  readonly #file: string;
  readonly #known: ReadonlyMap<string, CollectionFacts>;

  private constructor(file: string, known: ReadonlyMap<string, CollectionFacts>) {
    this.#file = file;
    this.#known = known;
  }

  static async open(file: string, wanted: { instance: string; limits: ReadLimits }): Promise<Unfinished> {
    const lines = (await textOf(file)).split('\n').slice(0, -1);
    const [first, ...rest] = lines.map((line) => parse(line));
    const found = header.safeParse(first);
    const fits =
      found.success &&
      found.data.instance === wanted.instance &&
      found.data.limits.rows === wanted.limits.rows;
    if (fits) {
      const known = rest.flatMap((line) => collectionSchema.safeParse(line).data ?? []);
      // What was cut short goes, so that the next line begins a line of its own.
      await writeFileAtomic(file, [found.data, ...known].map((line) => `${JSON.stringify(line)}\n`).join(''));
      return new Unfinished(file, new Map(known.map((each) => [keyOf(each.database, each.id), each])));
    }
    const fresh: Header = { schemaVersion: 1, startedAt: new Date().toISOString(), ...wanted };
    await writeFile(file, `${JSON.stringify(fresh)}\n`);
    return new Unfinished(file, new Map());
  }

  /** Collections that an earlier run has read. */
  get size(): number {
    return this.#known.size;
  }

  /** By its id: a collection that was dropped and made again has another one. */
  found(database: string, id: string): CollectionFacts | undefined {
    return this.#known.get(keyOf(database, id));
  }

  async add(collection: CollectionFacts): Promise<void> {
    await appendFile(this.#file, `${JSON.stringify(collection)}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

function keyOf(database: string, id: string): string {
  return `${database}/${id}`;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Undefined for a line that was cut short; nothing is lost with it but its own collection. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
