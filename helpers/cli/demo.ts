import { runAndPrint } from './gate.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { say } from './output.ts';

/** The gate on the embedded cluster's default layout, whatever options file lies about. */
export function demo({ out }: GivenFlags): Promise<number> {
  say(
    'A Milvus deployment in miniature is started on this machine, judged as a real one would be, and removed again.',
  );
  return runAndPrint(settingsFrom({ embedded: true, ...(out !== undefined && { out }) }, {}), false);
}
