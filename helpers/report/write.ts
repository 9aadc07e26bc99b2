import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { junitXml } from './junit.ts';
import { resultsJson, type Results } from './results.ts';
import { summaryMarkdown } from './summary.ts';

/** Writes every report of a run into its folder; each file is whole or not there. */
export async function writeReports(folder: string, results: Results): Promise<void> {
  await Promise.all([
    writeFileAtomic(path.join(folder, 'junit.xml'), junitXml(results)),
    writeFileAtomic(path.join(folder, 'results.json'), resultsJson(results)),
    writeFileAtomic(path.join(folder, 'summary.md'), summaryMarkdown(results)),
  ]);
}
