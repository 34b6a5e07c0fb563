/** The kinds of panels that the dashboard has, each with one look. */
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DataSourceRef,
  FieldColorBuilder,
  FieldColorModeId,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the variable of the dashboard chooses. */
const DATA_SOURCE: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** What a panel shows. Units are Grafana's: `s`, `short`, `percentunit`, `ops`, `bytes`. */
export interface Shown {
  readonly title: string;
  /** One sentence on what is good, and where to look if it is not. */
  readonly description: string;
  readonly unit: string;
  /** Queries by their legend, which may have labels in double braces. */
  readonly queries: Readonly<Record<string, string>>;
  /** Values from which on it is yellow and red. Below, or without any, it is green. */
  readonly thresholds?: { readonly yellow?: number; readonly red?: number };
  /** Colours by the legend, where a series always means the same. Palette names of Grafana. */
  readonly colors?: Readonly<Record<string, string>>;
}

/** One value with a colour, for the first look. */
export function stat(shown: Shown): StatBuilder {
  return withQueries(new StatBuilder(), shown, 'instant')
    .height(4)
    .span(3)
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

/** One value where less is worse, such as the days that a certificate is still good for. */
export function statWhereLessIsWorse(
  shown: Shown,
  limits: { readonly red: number; readonly yellow: number },
): StatBuilder {
  return stat(shown).thresholds(
    steps([
      { value: null, color: 'red' },
      { value: limits.red, color: 'yellow' },
      { value: limits.yellow, color: 'green' },
    ]),
  );
}

/** Lines over time. */
export function lines(shown: Shown): TimeseriesBuilder {
  const panel = withQueries(new TimeseriesBuilder(), shown, 'range')
    .height(7)
    .span(8)
    .min(0)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
  for (const [legend, fixedColor] of Object.entries(shown.colors ?? {}))
    panel.overrideByName(legend, [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor } }]);
  return panel;
}

/** Areas upon each other, where the sum means something. */
export function areas(shown: Shown): TimeseriesBuilder {
  return lines(shown).fillOpacity(40).lineWidth(1).stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
}

/** A row for each series, red while it is there. */
export function timeline(shown: Shown): TimelineBuilder {
  return withQueries(new TimelineBuilder(), shown, 'range')
    .height(8)
    .span(24)
    .thresholds(steps([{ value: null, color: 'red' }]))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(false),
    );
}

/** A bar for each series, as it is now. */
export function bars(shown: Shown): BarGaugeBuilder {
  return withQueries(new BarGaugeBuilder(), shown, 'instant')
    .height(7)
    .span(8)
    .min(0)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

interface AnyPanel<T> {
  title(title: string): T;
  description(description: string): T;
  datasource(source: DataSourceRef): T;
  unit(unit: string): T;
  thresholds(thresholds: ThresholdsConfigBuilder): T;
  withTarget(target: DataqueryBuilder): T;
}

function withQueries<T extends AnyPanel<T>>(panel: T, shown: Shown, read: 'instant' | 'range'): T {
  const { yellow, red } = shown.thresholds ?? {};
  panel
    .title(shown.title)
    .description(shown.description)
    .datasource(DATA_SOURCE)
    .unit(shown.unit)
    .thresholds(
      steps([
        { value: null, color: 'green' },
        ...(yellow === undefined ? [] : [{ value: yellow, color: 'yellow' }]),
        ...(red === undefined ? [] : [{ value: red, color: 'red' }]),
      ]),
    );
  for (const [index, [legend, expr]] of Object.entries(shown.queries).entries()) {
    const query = new DataqueryBuilder()
      .expr(expr)
      .legendFormat(legend)
      .refId(String.fromCharCode(65 + index));
    panel.withTarget(read === 'instant' ? query.instant() : query.range());
  }
  return panel;
}

function steps(thresholds: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...thresholds]);
}
