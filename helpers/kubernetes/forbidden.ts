import type { Connection } from './connection.ts';
import { ApiError, EnvironmentError } from './errors.ts';
import { missingRights, rightText } from './rights.ts';

/**
 * The error for what may not be read but has to be: the API server's words, and all that is missing at once, so that
 * a person asks for rights one time.
 */
export async function forbidden(
  connection: Connection,
  namespace: string,
  refusals: readonly ApiError[],
  signal?: AbortSignal,
): Promise<EnvironmentError> {
  const words = refusals.map(({ serverMessage }) => serverMessage).join('; ');
  return new EnvironmentError(
    'forbidden',
    `The credentials of context ${connection.context} may not read what the suite has to read: ${words}. ` +
      `${await askFor(connection, namespace, signal)} The README has a Role with just what is needed.`,
    { cause: refusals[0] },
  );
}

async function askFor(
  connection: Connection,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const missing = await missingRights(connection, namespace, signal);
    const required = missing.filter((right) => right.required).map((right) => rightText(right, namespace));
    const optional = missing.filter((right) => !right.required).map((right) => rightText(right, namespace));
    const wish = required.length === 0 ? '' : `Missing: ${required.join(', ')}.`;
    return optional.length === 0 ? wish : `${wish} Useful, but not necessary: ${optional.join(', ')}.`.trim();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `(Which rights are missing could not be asked: ${error.serverMessage}.)`;
  }
}
