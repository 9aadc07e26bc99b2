/**
 * Writes to stdout and waits until it is taken: a pipe must get all of it before the process ends. A reader that has
 * gone (`| head`) has what it wanted.
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null | undefined) => {
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(error);
    };
    process.stdout.on('error', settle);
    process.stdout.write(text, settle);
  });
}

/** One line to stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
