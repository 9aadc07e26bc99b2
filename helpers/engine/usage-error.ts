/**
 * Bad input from the user: an option, the options file, or a file that an option names. The message is one line
 * that names where (option, or file and line), the value, and what was expected. Exit code 3.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
