import { exposedIn, unknownIn } from './metrics/exposition';
import { selectedIn } from './metrics/promql';
import { expressions } from './metrics/watched';
import { sharedSystem } from './shared-system';

const { healthUrls } = sharedSystem();

it('every metric and label in dashboards and alert rules is one a running system exposes', async () => {
  const texts = await Promise.all(Object.values(healthUrls).map(async (url) => (await fetch(`${url}/metrics`)).text()));
  const exposed = exposedIn(texts);
  expect(exposed.size).toBeGreaterThan(50);
  const unknown = expressions().flatMap(({ place, expression }) =>
    unknownIn(exposed, selectedIn(expression)).map((what) => `${place}: ${what}`),
  );
  expect(unknown).toEqual([]);
});
