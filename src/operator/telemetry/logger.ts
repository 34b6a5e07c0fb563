import { printable } from '../../api/printable';
import type { Clock } from '../../time/clock';

export const LogLevel = { Debug: 'debug', Info: 'info', Warn: 'warn', Error: 'error' } as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];
export type LogFormat = 'json' | 'text';

export type LogFields = Readonly<Record<string, unknown>>;

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export const isLogLevel = (text: string): text is LogLevel => ORDER.some((level) => level === text);
export const isLogFormat = (text: string): text is LogFormat => text === 'json' || text === 'text';

/**
 * Structured log. One line per entry, without a character that a terminal obeys; JSON keys level, ts, logger, msg, error and the given fields. Callers pass no
 * secret: messages and fields are redacted where they arise (R10).
 */
export class Logger {
  constructor(
    private readonly options: {
      readonly level: LogLevel;
      readonly format: LogFormat;
      readonly clock: Clock;
      readonly write: (line: string) => void;
    },
    private readonly name: string = 'vm-operator',
  ) {}

  named(name: string): Logger {
    return new Logger(this.options, name);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#log('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#log('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#log('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#log('error', message, fields);
  }

  #log(level: LogLevel, message: string, fields: LogFields): void {
    if (ORDER.indexOf(level) < ORDER.indexOf(this.options.level)) return;
    const ts = new Date(this.options.clock.wallMs()).toISOString();
    const shown = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, value instanceof Error ? describeError(value) : value] as const);
    if (this.options.format === 'json') {
      const entry = { level, ts, logger: this.name, msg: message, ...Object.fromEntries(shown) };
      this.options.write(printable(JSON.stringify(entry)));
      return;
    }
    const tail = shown.map(
      ([key, value]) => ` ${key}=${typeof value === 'string' ? quote(value) : JSON.stringify(value)}`,
    );
    const line = `${ts.slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${this.name}: ${message}${tail.join('')}`;
    this.options.write(printable(line));
  }
}

function quote(text: string): string {
  return /^[\w./:@()-]+$/.test(text) ? text : JSON.stringify(text);
}

function describeError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `[${error.code}] ` : '';
  return error.message.startsWith('[') ? error.message : `${code}${error.message}`;
}
