import { open } from 'node:fs/promises';

const chunkBytes = 1 << 20;
const newline = 10;

/** Whole lines of a history, as bytes that are good until the next batch is asked for. */
export interface LineBatch {
  readonly bytes: Buffer;
  /** Where the last whole line ends, its newline included. */
  readonly end: number;
}

/**
 * The lines of a file a megabyte at a time, so that a history of any length can be read. A last line without its
 * newline is what a killed run was writing: it is left out.
 *
 * @throws the file system's error where the file cannot be read
 */
export async function* lineBatches(file: string): AsyncGenerator<LineBatch> {
  await using handle = await open(file);
  let bytes = Buffer.allocUnsafe(chunkBytes);
  let kept = 0;
  for (;;) {
    if (kept === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length)]);
    const { bytesRead } = await handle.read(bytes, kept, bytes.length - kept);
    if (bytesRead === 0) return;
    const length = kept + bytesRead;
    const end = bytes.subarray(0, length).lastIndexOf(newline) + 1;
    if (end > 0) yield { bytes, end };
    bytes.copyWithin(0, end, length);
    kept = length - end;
  }
}
