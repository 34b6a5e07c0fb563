import { isRecord } from './spec-problems';

/** What of the metadata code reads, besides what the API server itself sets. */
interface Metadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

/** The API server checks these, so this is for one that does not. */
export function withReadableMetadata<T extends { readonly metadata: Metadata }>(stored: T): T {
  const { labels, annotations, finalizers } = stored.metadata;
  const isTexts = (value: unknown) => value === undefined || (isRecord(value) && Object.values(value).every(isText));
  const isList = finalizers === undefined || (Array.isArray(finalizers) && finalizers.every(isText));
  if (isTexts(labels) && isTexts(annotations) && isList) return stored;
  const textsOf = (value: unknown) =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).filter((entry): entry is [string, string] => isText(entry[1])),
    );
  return {
    ...stored,
    metadata: {
      ...stored.metadata,
      labels: textsOf(labels),
      annotations: textsOf(annotations),
      finalizers: Array.isArray(finalizers) ? finalizers.filter(isText) : [],
    },
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
