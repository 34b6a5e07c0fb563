/** Where a user name and a password come from. Asked anew at each login, so that rotation needs no restart. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transportError } from '../vim25/vsphere-error';

export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

export type CredentialsProvider = () => Promise<Credentials>;

export function staticCredentials(credentials: Credentials): CredentialsProvider {
  return () => Promise.resolve(credentials);
}

/** Two files, such as those of a mounted Secret; a line break at the end is not part of the value. */
export function fileCredentials(
  directory: string,
  names = { userName: 'username', password: 'password' },
): CredentialsProvider {
  return async () => ({
    userName: await readValue(join(directory, names.userName)),
    password: await readValue(join(directory, names.password)),
  });
}

async function readValue(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw transportError('CredentialsUnreadable', `The credentials file ${path} can't be read (${code}).`, 'NotSent', {
      cause: error,
    });
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw transportError('CredentialsUnreadable', `The credentials file ${path} is empty.`, 'NotSent');
  return value;
}

/** Tells whether credentials have changed, without keeping them (R10). */
export function digestOf({ userName, password }: Credentials): string {
  return createHash('sha256').update(`${userName.length}:${userName}:${password}`).digest('base64');
}
