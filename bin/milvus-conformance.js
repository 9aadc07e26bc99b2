#!/usr/bin/env node
// Plain JavaScript that an old Node can parse, so that it can say that it is too old.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/helpers/cli/main.js', import.meta.url);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `milvus-conformance needs Node 22.19 or newer; this is Node ${process.versions.node}. In a clone, "npm run demo" uses the Node that "npm ci" brought.`,
  );
  process.exitCode = 4;
} else if (!existsSync(main)) {
  console.error('milvus-conformance is not built yet (there is no dist folder). Run "npm run build" first.');
  process.exitCode = 4;
} else {
  // Keeps compiled code in the temporary folder between runs.
  module.enableCompileCache?.();
  const { main: run } = await import(main.href);
  await run(process.argv.slice(2));
}
