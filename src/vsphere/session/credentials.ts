/** Where the user name and the password come from. They are read at each login, so that a rotation needs no restart. */
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

/** Reads two files, such as those of a mounted Secret. A line break at the end is not part of the value. */
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
    throw transportError('CredentialsUnreadable', `the credentials file ${path} cannot be read (${code})`, 'NotSent', {
      cause: error,
    });
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw transportError('CredentialsUnreadable', `the credentials file ${path} is empty`, 'NotSent');
  return value;
}

/** A text that changes when the credentials change, and that does not have them (R10). */
export function digestOf({ userName, password }: Credentials): string {
  return createHash('sha256').update(`${userName.length}:${userName}:${password}`).digest('base64');
}
