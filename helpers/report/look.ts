/** How a text is dressed for the stream that it goes to. */
export interface Look {
  readonly colours: boolean;
  /** Columns; longer texts are wrapped. */
  readonly width: number;
}

/** Colours only on a terminal outside CI, and never with NO_COLOR. */
export function lookOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): Look {
  const { NO_COLOR, TERM } = environment;
  return {
    colours: isInteractive(stream, environment) && (NO_COLOR ?? '') === '' && TERM !== 'dumb',
    width: Math.max(60, Math.min(stream.columns ?? 110, 120)),
  };
}

/** Whether a person watches: a terminal, and no CI. */
export function isInteractive(
  stream: { readonly isTTY?: boolean },
  { CI }: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (CI ?? '') === '';
}
