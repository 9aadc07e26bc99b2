import type { HistoryHeader } from '../history.ts';
import { lineBatches } from '../history-lines.ts';
import { parseLine } from '../read-history.ts';
import { Ledger } from './ledger.ts';
import { LineScanner } from './line-scanner.ts';
import { ledgerCallOf } from './record.ts';

export interface LedgerOfFile {
  readonly header: HistoryHeader;
  readonly ledger: Ledger;
  /** Whether the history came to its end. */
  readonly complete: boolean;
}

const newline = 10;

/**
 * The ledger in a history, read as a stream: of a history of any length only what the ledger keeps is held.
 *
 * @throws Error that names the line, where one is not what this version writes, or that there is no header
 */
export async function readLedger(file: string): Promise<LedgerOfFile> {
  const reader = new LedgerReader();
  for await (const { bytes, end } of lineBatches(file)) reader.read(bytes, end);
  return reader.result();
}

class LedgerReader {
  readonly #ledger = new Ledger();
  readonly #scanner = new LineScanner();
  #header: HistoryHeader | undefined;
  #complete = false;
  #lines = 0;

  read(bytes: Buffer, end: number): void {
    for (let from = 0; from < end; ) {
      const to = bytes.indexOf(newline, from);
      this.#lines += 1;
      const isInside = this.#header !== undefined && !this.#complete;
      const call = isInside ? this.#scanner.scan(bytes, from) : undefined;
      if (call === undefined) this.#parse(bytes.toString('utf8', from, to));
      else this.#ledger.add(call);
      from = to + 1;
    }
  }

  result(): LedgerOfFile {
    if (this.#header === undefined) {
      throw new Error('history.jsonl has no header: the run was killed before it began.');
    }
    return { header: this.#header, ledger: this.#ledger, complete: this.#complete };
  }

  #parse(content: string): void {
    const line = parseLine(content, this.#lines);
    if ((this.#header === undefined) !== (line.type === 'header') || this.#complete) {
      throw new Error(`history.jsonl line ${this.#lines}: ${line.type} is out of place.`);
    }
    if (line.type === 'header') this.#header = line;
    else if (line.type === 'end') this.#complete = true;
    else if (line.type === 'operation') {
      const call = ledgerCallOf(line);
      if (call !== undefined) this.#ledger.add(call);
    }
  }
}
