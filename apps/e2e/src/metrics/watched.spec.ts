import { exposedIn, unknownIn } from './exposition';
import { selectedIn } from './promql';
import { alerts, dashboards, expressions, runbook } from './watched';

describe('an expression', () => {
  it('asks for metrics with the labels that are matched and grouped by', () => {
    const quantile =
      'histogram_quantile(0.9, sum by (le, route) (rate(a_seconds_bucket{status=~"5..", x!="1"}[$__rate_interval])))';
    expect(selectedIn(quantile)).toEqual([{ metric: 'a_seconds_bucket', labels: ['status', 'x', 'le', 'route'] }]);
    expect(selectedIn('sum(a) / sum by (lane) (b) > 0')).toEqual([
      { metric: 'a', labels: [] },
      { metric: 'b', labels: ['lane'] },
    ]);
  });

  it.each(['sum(a', 'a{b=}', 'rate(a[5x])', '{b="c"}'])('%s is none', (expression) => {
    expect(() => selectedIn(expression)).toThrow();
  });

  it('with a name or a label nobody exposes is found', () => {
    const exposed = exposedIn([
      '# TYPE b counter\n# TYPE a histogram\na_bucket{le="1",route="GET /",service="x"} 1\na_sum{service="x"} 1',
    ]);
    const unknown = (expression: string) => unknownIn(exposed, selectedIn(expression));
    expect(unknown('sum by (le, route, service) (a_bucket) + b')).toEqual([]);
    expect(unknown('sum by (path) (a_bucket) + c + b{lane="x"}')).toEqual([
      'a_bucket has no label path',
      'no metric c',
      'b has no label lane',
    ]);
  });
});

describe('deploy/prometheus/alerts.yaml', () => {
  it('says of each alert for how long, how bad, in two languages, and where the runbook tells what to do', () => {
    expect(alerts().length).toBeGreaterThan(10);
    for (const { alert, for: patience, labels, annotations } of alerts()) {
      expect([alert, patience]).toEqual([alert, expect.stringMatching(/^\d+[ms]$/)]);
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\p{Script=Han}.* · .*[a-z]/u);
      const anchor = `deploy/runbook.md#${alert.toLowerCase()}`;
      expect(annotations.runbook_url).toBe(anchor);
      expect(runbook()).toContain(`<a id="${alert.toLowerCase()}"></a>`);
    }
  });

  it('has no alert twice, and the runbook none that is not there', () => {
    const names = alerts().map(({ alert }) => alert.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    const anchors = [...runbook().matchAll(/<a id="(\w+)">/g)].map(([, name]) => name);
    expect(anchors.sort()).toEqual(names.sort());
  });
});

describe('deploy/grafana', () => {
  it('is one dashboard per question, each panel with what it asks', () => {
    const all = dashboards();
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
    for (const { panels } of all) for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0);
    for (const { expression } of expressions()) expect(selectedIn(expression).length).toBeGreaterThan(0);
  });
});
