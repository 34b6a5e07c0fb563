import { type Duration, type Size, SizeRoundingBehavior } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * The seconds of a duration. Nothing is rounded.
 * @throws Error for a fraction of a second or a value that is no Duration. It names the construct, the field and the remedy
 */
export function wholeSeconds(construct: Construct, field: string, duration: Duration | undefined): number | undefined {
  if (duration === undefined) return undefined;
  // A caller without types may give a bare number, which has no unit.
  if (typeof duration?.toSeconds !== 'function') {
    throw new Error(
      `[${construct.node.path}] ${field} is ${JSON.stringify(duration)}: ` +
        'give a Duration of cdk8s, such as Duration.seconds(30)',
    );
  }
  const seconds = duration.toSeconds({ integral: false });
  if (Number.isInteger(seconds)) return seconds;
  throw new Error(
    `[${construct.node.path}] ${field} is ${seconds} seconds: give whole seconds, such as Duration.seconds(30)`,
  );
}

/**
 * The GiB of a size. Nothing is rounded.
 * @throws Error for a fraction of a GiB or a value that is no Size. It names the construct, the field and the remedy
 */
export function wholeGibibytes(construct: Construct, field: string, size: Size): number {
  if (typeof size?.toGibibytes !== 'function') {
    throw new Error(
      `[${construct.node.path}] ${field} is ${JSON.stringify(size) ?? 'missing'}: ` +
        'give a Size of cdk8s, such as Size.gibibytes(4)',
    );
  }
  const gibibytes = size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(gibibytes)) return gibibytes;
  throw new Error(
    `[${construct.node.path}] ${field} is ${size.asString()}, that is ${gibibytes} GiB: ` +
      'give a whole number of GiB, such as Size.gibibytes(4)',
  );
}
