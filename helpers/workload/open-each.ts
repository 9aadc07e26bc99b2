/** Several things that were opened together. Disposing it closes them, the last one first. */
export interface OpenedEach<T> extends AsyncDisposable {
  readonly each: readonly T[];
}

/**
 * Opens one thing after the other.
 *
 * @throws what opening one of them throws; those before it are closed again
 */
export async function openEach<S, T extends AsyncDisposable>(
  sources: readonly S[],
  open: (source: S) => Promise<T>,
): Promise<OpenedEach<T>> {
  const each: T[] = [];
  const close = async () => {
    for (const one of each.toReversed()) await one[Symbol.asyncDispose]();
  };
  try {
    for (const source of sources) each.push(await open(source));
  } catch (error) {
    await close();
    throw error;
  }
  return { each, [Symbol.asyncDispose]: close };
}
