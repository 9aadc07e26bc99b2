import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ManifestError } from '../topology/manifest-objects.ts';
import type { ManifestFile } from './render.ts';

/** More than ten times the manifest of 2,000 objects; what is larger is no manifest, and would fill the memory. */
const mostBytes = 32 * 2 ** 20;

const endings = ['.yaml', '.yml', '.json'];

/**
 * Reads a manifest: files, folders (what lies in them and ends in .yaml, .yml or .json, as kubectl takes them), and
 * `-` for stdin, in the order given.
 * @throws ManifestError for what is not there, holds no manifest, or is larger than any
 */
export async function readManifestFiles(
  paths: readonly string[],
  stdin: Readable,
): Promise<readonly ManifestFile[]> {
  const named = (await Promise.all(paths.map(filesOf))).flat();
  const files: ManifestFile[] = [];
  let left = mostBytes;
  for (const name of named) {
    const bytes = await readUpTo(name === '-' ? stdin : createReadStream(name), name, left);
    left -= bytes.length;
    files.push({ name, text: textOf(bytes, name) });
  }
  return files;
}

async function filesOf(name: string): Promise<readonly string[]> {
  if (name === '-') return [name];
  const found = await stat(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (!found.isDirectory()) return [name];
  const entries = await readdir(name);
  const manifests = entries.filter((entry) => endings.some((ending) => entry.endsWith(ending))).toSorted();
  if (manifests.length > 0) return manifests.map((entry) => path.join(name, entry));
  throw new ManifestError(`${name}: holds no ${endings.join(', ')} file; expected a folder of manifests.`);
}

async function readUpTo(stream: Readable, name: string, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > most) {
        throw new ManifestError(
          `${name}: the manifest is larger than ${mostBytes / 2 ** 20} MiB; expected what helm template prints, which is a hundred times smaller.`,
        );
      }
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof ManifestError ? error : unreadable(name, error);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer, name: string): string {
  if (!bytes.includes(0)) return bytes.toString('utf8');
  throw new ManifestError(`${name}: this is no text; expected Kubernetes objects in YAML or JSON.`);
}

function unreadable(name: string, error: unknown): ManifestError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new ManifestError(
    `${name}: cannot be read (${reason}); expected a file, a folder, or - for stdin.`,
    {
      cause: error,
    },
  );
}
