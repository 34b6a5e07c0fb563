/** A setting that cannot be used. The message names the setting, the value and the remedy; the process exits with 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'InvalidSettings';
}
