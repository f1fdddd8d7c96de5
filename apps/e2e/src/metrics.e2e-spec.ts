import { randomUUID } from 'node:crypto';
import { asAdmin, inDatabase } from '@shidang/dev';
import { eventually } from '@shidang/testing';
import { exposedIn, unknownIn } from './metrics/exposition';
import { selectedIn } from './metrics/promql';
import { expressions } from './metrics/watched';
import { sharedSystem } from './shared-system';

const { healthUrls, adminUrl } = sharedSystem();

it('every metric and label in dashboards and alert rules is one a running system exposes', async () => {
  const texts = await Promise.all(Object.values(healthUrls).map(async (url) => (await fetch(`${url}/metrics`)).text()));
  const exposed = exposedIn(texts);
  expect(exposed.size).toBeGreaterThan(50);
  const unknown = expressions().flatMap(({ place, expression }) =>
    unknownIn(exposed, selectedIn(expression)).map((what) => `${place}: ${what}`),
  );
  expect(unknown).toEqual([]);
});

it('the age of the last backup is infinite until one was taken', async () => {
  const age = async () => {
    const text = await (await fetch(`${healthUrls['identity']}/metrics`)).text();
    const [, value] = /^shidang_backup_age_seconds\{.*\} (.*)$/m.exec(text) ?? [];
    return value;
  };
  expect(await age()).toBe('+Inf');
  await asAdmin(inDatabase(adminUrl, 'shidang_identity'), (client) =>
    client.query(`insert into backup_taken (id, taken_at) values ($1, now() - interval '1 hour')`, [randomUUID()]),
  );
  await eventually(async () => {
    const seconds = Number(await age());
    return seconds >= 3_600 && seconds < 4_000;
  }, 'it is as old as the backup');
});
