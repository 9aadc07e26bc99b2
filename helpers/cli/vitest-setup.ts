import type { TestProject } from 'vitest/node';
import { onInterrupt } from '../engine/interrupt.ts';
import { gather } from '../engine/gather.ts';
import { makeRunFolder } from '../engine/run-folder.ts';
import { runSettings, type Known } from '../engine/run-parts.ts';
import { plainProgress } from '../report/progress.ts';
import { settingsFrom } from './options/settings.ts';
import { say } from './output.ts';

/**
 * What `npx vitest run --project suites` does before the suites: it observes, as the gate does, by the options file
 * in the working directory. vitest then judges and reports in its own way.
 */
export default async function setUp(project: TestProject): Promise<void> {
  const settings = settingsFrom({});
  const startedAt = new Date();
  using interruption = onInterrupt(say);
  const folder = await makeRunFolder(settings.out, startedAt);
  const known: Known = {};
  const run = { settings, folder, startedAt, progress: plainProgress(say), signal: interruption.signal };
  await gather(run, known);
  project.provide('run', runSettings(run, known));
}
