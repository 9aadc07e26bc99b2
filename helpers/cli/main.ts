import { Command, CommanderError } from 'commander';
import { exitCodes, exitCodeOf, problemOf } from '../engine/exit-code.ts';
import { packageVersion } from '../engine/package.ts';
import { argumentsOf, commandNames, examples, flagsOf, type Flag } from './flags.ts';
import type { GivenFlags } from './options/settings.ts';
import { say } from './output.ts';

type CommandName = keyof typeof flagsOf;
type Run = (flags: GivenFlags, given: readonly string[]) => Promise<number>;

/** What each command is for, and its code, loaded only when it is run. */
const commands: Readonly<
  Record<CommandName, { readonly summary: string; readonly load: () => Promise<Run> }>
> = {
  gate: {
    summary: 'judge a deployment and say pass, fail or inconclusive, with reports',
    load: async () => (await import('./gate.ts')).gate,
  },
  chaos: {
    summary: 'kill pods under load, time the way back to right answers, and look for what was lost',
    load: async () => (await import('./chaos.ts')).chaos,
  },
  clean: {
    summary: 'undo what a run that was killed left in a namespace: replicas, its Lease',
    load: async () => (await import('./clean.ts')).clean,
  },
  'upgrade before': {
    summary: 'keep what must be known after an upgrade, and judge whether the upgrade may be made',
    load: async () => (await import('./upgrade.ts')).upgradeBefore,
  },
  'upgrade during': {
    summary: 'read and write while an upgrade goes on, until its rollout has ended',
    load: async () => (await import('./upgrade.ts')).upgradeDuring,
  },
  'upgrade after': {
    summary: 'compare with what was kept, then run the gate: was anything lost, changed, or left behind?',
    load: async () => (await import('./upgrade.ts')).upgradeAfter,
  },
  'upgrade run': {
    summary: 'all of it: before, the change itself, during, after, and back again',
    load: async () => (await import('./upgrade-run.ts')).upgradeRun,
  },
  discover: {
    summary: 'show what runs, where Milvus keeps its data, and what must be durable, with the reasons',
    load: async () => (await import('./discover.ts')).discover,
  },
  manifests: {
    summary:
      'judge a rendered manifest before it is applied: claims, what will last, images; no cluster needed',
    load: async () => (await import('./manifests.ts')).manifests,
  },
  preflight: {
    summary: 'ask a cluster, before an install, whether it has what the install needs; changes nothing',
    load: async () => (await import('./preflight.ts')).preflight,
  },
  rehearse: {
    summary: 'apply a manifest to the embedded cluster, a simulation, and run the gate and two kills there',
    load: async () => (await import('./rehearse.ts')).rehearse,
  },
  checks: {
    summary: 'list the checks, or explain one: what, why, and what to do',
    load: async () => (await import('./checks.ts')).checks,
  },
  demo: {
    summary: 'run the gate on the embedded cluster, a simulation that needs nothing installed',
    load: async () => (await import('./demo.ts')).demo,
  },
};

const exitCodeHelp = `
Exit codes: ${exitCodes.pass} pass, ${exitCodes.fail} a check failed, ${exitCodes.inconclusive} inconclusive, ${exitCodes.usage} bad usage or options, ${exitCodes.environment} the environment (no cluster, no rights).`;

/** Runs the command line; the outcome is in `process.exitCode`. Prints one line for whatever goes wrong, no stack. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has already printed help or the version; its own errors come here unprinted.
    if (error.exitCode === 0) return exitCodes.pass;
    say(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '));
    return exitCodes.usage;
  }
  const problem = problemOf(error);
  say(problem.message);
  return exitCodeOf('inconclusive', problem);
}

function program(): Command {
  const root = new Command('milvus-conformance')
    .description(
      'Says with evidence whether a Milvus deployment on Kubernetes keeps its vectors, answers correctly, and is healthy.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', `${exitCodeHelp}\n\nExample:\n  $ ${examples.demo}`);
  for (const name of commandNames) addCommand(root, name);
  return root;
}

function addCommand(root: Command, name: CommandName): void {
  const { summary, load } = commands[name];
  const [group, member] = name.split(' ');
  const parent = member === undefined ? root : groupOf(root, group ?? name);
  const command = parent
    .command(member ?? name)
    .description(summary)
    .helpOption('-h, --help', 'print this help');
  const argument = argumentsOf[name];
  if (argument !== undefined) command.argument(argument.name, argument.description);
  for (const flag of flagsOf[name]) addFlag(command, flag);
  command.addHelpText(
    'after',
    `${name !== 'discover' && name !== 'checks' ? `${exitCodeHelp}\n` : ''}\nExample:\n  $ ${examples[name]}`,
  );
  command.action(async (...given: unknown[]) => {
    const run = await load();
    const words = argument === undefined ? [] : [given[0]].flat().filter((word) => typeof word === 'string');
    process.exitCode = await run(command.opts<GivenFlags>(), words);
  });
}

/** The command that others are part of: `upgrade` of `upgrade before`. */
function groupOf(root: Command, name: string): Command {
  return (
    root.commands.find((command) => command.name() === name) ??
    root
      .command(name)
      .description('before, during and after an upgrade: what was there, what clients felt, what is left')
      .helpOption('-h, --help', 'print this help')
      .helpCommand(false)
  );
}

function addFlag(command: Command, flag: Flag): void {
  if (flag.repeatable === true) {
    const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
    command.option(flag.flags, flag.description, collect);
  } else {
    command.option(flag.flags, flag.description);
  }
}
