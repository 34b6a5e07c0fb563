/** One thing that a machine is given by a live read and a change. The text tells two wishes apart. */
export type SettingsPart = 'network' | 'cleanup' | ExtraConfigPart;

/** With the digest of the list that is wished for. */
export type ExtraConfigPart = `extraConfig ${string}`;

export function extraConfigPart(digest: string): ExtraConfigPart {
  return `extraConfig ${digest}`;
}

export function isExtraConfigPart(part: SettingsPart): part is ExtraConfigPart {
  return part !== 'network' && part !== 'cleanup';
}
