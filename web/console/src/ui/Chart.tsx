import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as install, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useDark } from './Look';

install([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

type Colours = { series: string[]; text: string; line: string; surface: string };

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--x-${name}`).trim();
  return { series: [1, 2, 3, 4, 5, 6].map((i) => of(`series-${i}`)), text: of('text-2'), line: of('line'), surface: of('raised') };
}

type Props = { option: (c: Colours) => EChartsCoreOption; height?: number; label: string; onPick?: (name: string) => void };

// Chart is loaded only by the pages that draw one.
export default function Chart({ option, height = 240, label, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const dark = useDark();
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current, undefined, { renderer: 'svg' });
    chart.setOption(option(colours()));
    if (onPick) chart.on('click', (e) => onPick(String(e.name)));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, onPick, dark]);
  return <div ref={box} style={{ height }} role="img" aria-label={label} />;
}
