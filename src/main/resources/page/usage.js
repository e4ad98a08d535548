// The chart answers to the pointer. Without this it is drawn by the service, and everything else is there as well.
(() => {
  const range = document.getElementById('range');
  if (range) {
    const form = range.form;
    range.addEventListener('change', () => range.value !== 'custom' && form.requestSubmit());
    for (const name of ['from', 'to']) {
      form.elements[name].addEventListener('change', () => { range.value = 'custom'; });
    }
  }

  const chart = document.getElementById('chart');
  if (!chart || !window.uPlot) return;
  const { days, values } = JSON.parse(chart.dataset.usage);
  const names = [...chart.parentElement.querySelectorAll('.legend span')].map(name => name.textContent);
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const date = options => new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
  const short = date({ day: 'numeric', month: 'short' });
  const long = date({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = day => new Date(day + 'T00:00:00Z');

  // Parts lie on each other: what is drawn first is all of them together, from the last one's top.
  const tops = values.map(() => []);
  days.forEach((_, day) => {
    let top = 0;
    values.forEach((part, i) => { top += Math.max(0, part[day]); tops[i].push(top); });
  });

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  const line = (type, name, value) => {
    const row = document.createElement(type);
    for (const text of [name, value]) row.append(Object.assign(document.createElement('span'), { textContent: text }));
    return row;
  };
  const show = plot => {
    const day = plot.cursor.idx;
    tip.hidden = day == null || plot.cursor.left < 0;
    if (tip.hidden) return;
    const total = values.reduce((sum, part) => sum + part[day], 0);
    const rows = values.map((part, i) => [part[day], i]).filter(([credits]) => credits !== 0);
    tip.replaceChildren(
      Object.assign(document.createElement('p'), { textContent: long.format(time(days[day])), className: 'soft' }),
      line('strong', chart.dataset.total, number.format(+total.toFixed(6))),
      ...rows.map(([credits, i]) => {
        const row = line('div', names[i], number.format(credits));
        row.className = 'series-' + (i + 1);
        return row;
      }));
    const at = plot.valToPos(day, 'x') + plot.over.offsetLeft;
    const left = at + 16 + tip.offsetWidth > chart.clientWidth ? at - 16 - tip.offsetWidth : at + 16;
    tip.style.transform = `translate(${Math.max(0, left)}px, 1.5rem)`;
  };

  let plot;
  const draw = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const height = chart.clientHeight;
    const axis = { stroke: colour('--soft'), font: '13px system-ui, sans-serif', ticks: { show: false } };
    const bars = uPlot.paths.bars({ size: [0.75, 64] });
    const options = {
      width: chart.clientWidth,
      height,
      padding: [12, 24, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [-0.5, days.length - 0.5] },
        y: { range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1] },
      },
      axes: [
        { ...axis, grid: { show: false }, space: 64, incrs: [1, 2, 5, 7, 14, 28, 56, 112], size: 30,
          values: (_, splits) => splits.map(at => Number.isInteger(at) && days[at] ? short.format(time(days[at])) : '') },
        { ...axis, grid: { stroke: colour('--line'), width: 1 }, size: 56, values: (_, splits) => splits.map(at => number.format(at)) },
      ],
      series: [{}, ...tops.map((_, i) => {
        const fill = colour('--series-' + (tops.length - i));
        return { fill, stroke: fill, width: 0, paths: bars, points: { show: false } };
      })],
      hooks: { setCursor: [show] },
    };
    if (plot) plot.destroy();
    chart.replaceChildren();
    plot = new uPlot(options, [days.map((_, i) => i), ...tops.slice().reverse()], chart);
    plot.root.setAttribute('aria-hidden', 'true');
    chart.append(tip);
  };
  const picture = chart.querySelector('svg').getAttribute('aria-label');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', picture);
  draw();
  let width = chart.clientWidth;
  new ResizeObserver(() => {
    if (chart.clientWidth !== width) {
      width = chart.clientWidth;
      draw();
    }
  }).observe(chart);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
