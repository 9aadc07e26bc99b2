/** A process of a container, as its /proc tells. */
export interface Process {
  readonly pid: number;
  /** Name of its program, at most 15 characters. */
  readonly command: string;
  readonly parent: number;
}

/** Prints the first line of each /proc/PID/stat with nothing but a shell. */
export const readProcessTable = [
  'sh',
  '-c',
  'for file in /proc/[0-9]*/stat; do read -r line < "$file" && echo "$line"; done',
];

/** Reads what `readProcessTable` printed. Source: proc_pid_stat(5). Pure. */
export function parseProcessTable(text: string): readonly Process[] {
  return text.split('\n').flatMap((line) => {
    const found = /^(\d+) \((.*)\) \S (\d+)/.exec(line);
    return found === null
      ? []
      : [{ pid: Number(found[1]), command: found[2] ?? '', parent: Number(found[3]) }];
  });
}

/** A signal and whom it is sent to, from inside of the container. */
export interface Blow {
  readonly signal: 'KILL' | 'ABRT' | 'SEGV';
  readonly pids: readonly number[];
}

/** Programs that only start another, wait for it, and end when it has ended. */
const waiters = /^(?:tini|tini-static|dumb-init|catatonit|docker-init|sh|bash|dash|ash|busybox)$/;

/**
 * How the main program of a container is ended without a chance to say goodbye, best way first; undefined where
 * process 1 belongs to the pod and not to the container. Pure.
 *
 * The kernel shields process 1 from SIGKILL, and from every signal that it has no handler for, where it is sent from
 * inside. Go's runtime dies of ABRT; Milvus writes down what it was doing for 5 to 7 s before it is gone. A Java virtual
 * machine as process 1 ignores ABRT, but dies of SEGV. Below an init or a shell the main program is no process 1, and
 * KILL ends it.
 * Source: pid_namespaces(7); seen on a real cluster with Milvus, etcd, MinIO, Kafka and ZooKeeper.
 */
export function blowsFor(processes: readonly Process[]): readonly Blow[] | undefined {
  const first = processes.find(({ pid }) => pid === 1);
  if (first === undefined || first.command === 'pause') return undefined;
  const below = descendantsOf(1, processes);
  if (waiters.test(first.command) && below.length > 0) return [{ signal: 'KILL', pids: below }];
  const segv: Blow = { signal: 'SEGV', pids: [1] };
  return first.command === 'java' ? [segv] : [{ signal: 'ABRT', pids: [1] }, segv];
}

/** What an exec started has no parent in the container, so it is not among them. */
function descendantsOf(parent: number, processes: readonly Process[]): readonly number[] {
  return processes
    .filter((process) => process.parent === parent)
    .flatMap(({ pid }) => [pid, ...descendantsOf(pid, processes)]);
}
