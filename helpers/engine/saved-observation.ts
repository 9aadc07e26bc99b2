import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { kinds, type Observation } from '../topology/observation.ts';
import { UsageError } from './usage-error.ts';

const objects = z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) }));
const read = z.discriminatedUnion('state', [
  z.object({ state: z.literal('read'), requests: z.number(), durationMs: z.number() }),
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('refused'), status: z.number(), message: z.string() }),
]);

const named = z.looseObject({ kind: z.string(), name: z.string() });
const asked = z.discriminatedUnion('state', [
  z.looseObject({ state: z.literal('read'), items: z.array(z.unknown()) }),
  z.looseObject({ state: z.literal('refused'), status: z.number(), message: z.string() }),
]);

/** The frame of an observation. What is inside the objects is as the API server gave it. */
const frame = z.object({
  schemaVersion: z.literal(1),
  takenAt: z.iso.datetime({ offset: true }),
  source: z.looseObject({ kind: z.enum(['cluster', 'embedded', 'recording', 'manifest']) }),
  namespace: z.string(),
  objects: z.record(z.enum(kinds), objects),
  reads: z.record(z.enum(kinds), read),
  endpoints: z
    .looseObject({
      etcd: z.record(z.string(), z.unknown()),
      minio: z.record(z.string(), z.unknown()),
      components: z.record(z.string(), z.unknown()),
      milvus: z.looseObject({ state: z.string() }),
      bucket: z.looseObject({ state: z.string() }),
    })
    .optional(),
  manifest: z
    .looseObject({
      files: z.array(z.string()),
      places: z.record(z.string(), z.string()),
      elsewhere: z.array(named),
      repeated: z.array(named),
      unclear: z.array(named),
    })
    .optional(),
  preflight: z
    .looseObject({
      namespace: z.looseObject({ state: z.enum(['found', 'absent', 'refused']) }),
      rights: z.array(z.looseObject({ text: z.string(), allowed: z.boolean() })),
      storageClasses: asked,
      quotas: asked,
      limitRanges: asked,
      nodes: asked,
      used: asked,
      claims: asked,
      present: z.looseObject({ items: z.array(z.unknown()), refused: z.array(z.string()) }),
    })
    .optional(),
});

/**
 * Saves an observation, whole or not at all. Object by object: as one text, that of ten thousand pods would take
 * three times its thirty megabytes of memory.
 */
export async function writeObservation(file: string, observation: Observation): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, inChunks(textOf(observation)), { flush: true });
  await rename(unfinished, file);
}

/** Some objects a write instead of one. */
function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < 2 ** 16) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Lines of JSON: one for each object. */
function* textOf({ objects: byKind, ...rest }: Observation): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"objects":{`;
  for (const [index, kind] of kinds.entries()) {
    yield `${index === 0 ? '' : ','}\n"${kind}":[`;
    let separator = '\n';
    for (const object of byKind[kind]) {
      yield separator + JSON.stringify(object);
      separator = ',\n';
    }
    yield ']';
  }
  yield '}}\n';
}

/**
 * Reads an `observation.json` that an earlier run saved.
 * @throws UsageError that names the file, the place in it, and what was expected
 */
export async function readObservation(file: string): Promise<Observation> {
  const value = parse(file, await readText(file));
  if (isObservation(value)) return value;
  const [issue] = frame.safeParse(value).error?.issues ?? [];
  throw new UsageError(
    `${file}: '${issue?.path.join('.') ?? ''}' is not what this version saves: ${issue?.message ?? ''}; expected an observation of schemaVersion 1`,
  );
}

function isObservation(value: unknown): value is Observation {
  return frame.safeParse(value).success;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--from: cannot read '${file}' (${codeOf(error)}); expected the folder of an earlier run, with its observation.json`,
      { cause: error },
    );
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${file} is not JSON (${message}); expected an observation that an earlier run saved`,
      {
        cause: error,
      },
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
