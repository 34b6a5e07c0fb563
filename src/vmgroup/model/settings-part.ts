/** One thing that a machine is given by a live read and a change. The text tells two wishes apart. */
export type SettingsPart = 'network' | 'cleanup';
